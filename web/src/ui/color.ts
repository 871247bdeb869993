/** Ink or white, whichever reads better on a stage's colour (WCAG relative luminance); on a few only black reads well enough. */
export function readableOn(hex: string): string {
  const luminance = luminanceOf(hex);
  if (luminance <= 0.179) return '#ffffff';
  return luminance > 0.214 ? '#14171b' : '#000000';
}

export function luminanceOf(hex: string): number {
  const [red, green, blue] = channels(hex).map(linear);
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** A quiet hue for a name: the same person has the same colour everywhere. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}

function channels(hex: string): number[] {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex)?.[1] ?? '868e96';
  return [0, 2, 4].map((start) => Number.parseInt(digits.slice(start, start + 2), 16) / 255);
}

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
