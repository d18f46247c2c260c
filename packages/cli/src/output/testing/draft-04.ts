import ajvDraft04 from 'ajv-draft-04';

/** Ajv for JSON Schema draft-04. The package is CommonJS: its class is the default export of its default export. */
export const AjvDraft04 = ajvDraft04.default;
