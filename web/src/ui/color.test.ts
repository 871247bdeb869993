import { expect, test } from 'vitest';
import { luminanceOf, readableOn } from './color.ts';

test('a name reads on whatever colour people give a stage (WCAG AA: 4.5)', () => {
  const steps = Array.from({ length: 18 }, (_, step) => (step * 15).toString(16).padStart(2, '0'));
  const colors = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)));
  expect(colors.filter((color) => contrast(color, readableOn(color)) < 4.5)).toEqual([]);
});

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
