/** Days as `2026-12-31`, by the clock of the browser. */

export type WeekBegins = 0 | 1;

/** The day on which a moment falls. */
export function dayOf(at: Date): string {
  const [year, month, day] = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Its beginning. */
export const startOf = (day: string): Date => new Date(`${day}T00:00`);

export function addDays(day: string, days: number): string {
  const at = startOf(day);
  at.setDate(at.getDate() + days);
  return dayOf(at);
}

/** The first of a month, some months on. */
export function addMonths(day: string, months: number): string {
  const at = startOf(day);
  return dayOf(new Date(at.getFullYear(), at.getMonth() + months, 1));
}

/** How many midnights lie between two days. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);

/** The seven days of the week in which a day lies. */
export function weekOf(day: string, begins: WeekBegins): readonly string[] {
  const first = addDays(day, -((startOf(day).getDay() - begins + 7) % 7));
  return Array.from({ length: 7 }, (_, index) => addDays(first, index));
}

/** The weeks that a month touches, each with all its days. */
export function weeksOfMonth(day: string, begins: WeekBegins): readonly (readonly string[])[] {
  const month = day.slice(0, 7);
  const weeks: (readonly string[])[] = [];
  for (let week = weekOf(`${month}-01`, begins); week[0] !== undefined; week = weekOf(addDays(week[0], 7), begins)) {
    if (!week.some((one) => one.startsWith(month))) break;
    weeks.push(week);
  }
  return weeks;
}
