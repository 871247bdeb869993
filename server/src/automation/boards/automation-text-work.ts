import { type Place, parseAutomationText, type TextProblem } from './automation-text.ts';

/** What is asked of an automation file as text: what it says, or where the parts of these paths stand (`triggers[0].settings.code`). */
export interface TextAsked {
  readonly source: string;
  readonly paths: readonly string[] | null;
}

export interface TextRead {
  readonly value: unknown;
  readonly problems: readonly TextProblem[];
  /** In the order of `paths`. */
  readonly places: readonly Place[];
}

/** Work for `apart`. */
export function work({ source, paths }: TextAsked): TextRead {
  const { value, problems, placeOf } = parseAutomationText(source);
  return paths === null ? { value, problems, places: [] } : { value: null, problems, places: paths.map(placeOf) };
}
