import type { Task } from '@signalbox/contract/tasks.ts';

export type Checklist = Task['checklist'];
type Step = Checklist[number];
/** A change that can be made on the list as somebody else has left it meanwhile. */
export type ChecklistChange = (steps: Checklist) => Checklist;

/** A step as it was shown: at its place, or wherever it stands now. */
interface Shown extends Step {
  readonly place: number;
}

export const stepAdded =
  (text: string): ChecklistChange =>
  (steps) => [...steps, { text, done: false }];

export const stepChanged =
  (shown: Shown, to: Partial<Step>): ChecklistChange =>
  (steps) =>
    steps.map((step, place) => (place === placeOf(steps, shown) ? { ...step, ...to } : step));

export const stepRemoved =
  (shown: Shown): ChecklistChange =>
  (steps) =>
    steps.filter((_, place) => place !== placeOf(steps, shown));

/** To a place of the list without it. */
export const stepMoved =
  (shown: Shown, to: number): ChecklistChange =>
  (steps) => {
    const step = steps[placeOf(steps, shown)];
    return step === undefined ? steps : stepRemoved(shown)(steps).toSpliced(Math.max(0, to), 0, step);
  };

function placeOf(steps: Checklist, { place, text }: Shown): number {
  return steps[place]?.text === text ? place : steps.findIndex((step) => step.text === text);
}
