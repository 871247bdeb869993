/** The tags of our templates. Left out: what reads other templates, makes text that no limit sees, or writes values past `outputEscape` (`echo`, `cycle`). */
export const allowedTags: readonly string[] = [
  'assign',
  'for',
  'if',
  'unless',
  'case',
  'increment',
  'decrement',
  'break',
  'continue',
  'comment',
  'raw',
  '#',
];

/** Chance, the machine's clock and locale, markup: none of them belongs into a text that is the same every time. */
export const refusedFilters: readonly string[] = [
  'sample',
  'raw',
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
  'inspect',
  'group_by_exp',
  'where_exp',
  'find_exp',
  'find_index_exp',
  'has_exp',
  'reject_exp',
];
