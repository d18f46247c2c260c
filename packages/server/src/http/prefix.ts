/** Where the API lives. */
export const apiPrefix = '/api/v1';
