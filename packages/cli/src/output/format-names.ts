/** Names of the output formats, apart from their code: parsing the command line must not load them. */
export const formatNames = ['table', 'json', 'sarif', 'junit', 'markdown', 'csv', 'html'] as const;
