/**
 * What is wrong, per error code of the `yaml` package. Own words: the package's messages quote the source, and the
 * source may hold a secret.
 */
export const yamlReasons: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag',
  BAD_ALIAS: 'an alias names no anchor',
  BAD_COLLECTION_TYPE: 'the tag does not fit a list or map',
  BAD_DIRECTIVE: 'a directive (a line that begins with %) is not understood',
  BAD_DQ_ESCAPE: 'an escape in a double-quoted text is not valid',
  BAD_INDENT: 'the indentation does not fit what surrounds it',
  BAD_PROP_ORDER: 'anchors and tags must stand after the indicator they belong to',
  BAD_SCALAR_START: 'a plain text cannot begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a block cannot be a key; check indentation and colons',
  BLOCK_IN_FLOW: 'an indented block stands inside [ ] or { }',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'a closing quote, bracket, comma, colon or space is missing',
  MULTILINE_IMPLICIT_KEY: 'a key spans several lines; check colons and indentation',
  MULTIPLE_ANCHORS: 'a value has several anchors',
  MULTIPLE_TAGS: 'a value has several tags',
  NON_STRING_KEY: 'a key is not a text',
  TAB_AS_INDENT: 'a tab is used for indentation; YAML allows only spaces',
  TAG_RESOLVE_FAILED: 'a tag does not fit its value',
  UNEXPECTED_TOKEN: 'something stands where YAML allows nothing',
};
