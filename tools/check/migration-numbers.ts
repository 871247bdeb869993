/** Numbers that no file ever had; CONTRIBUTING.md says why. */
const unused: readonly number[] = [9];
/** Given out beforehand to those who wrote side by side: what nobody took stays free. */
const givenOut = { from: 50, to: 60 };

/** Migrations whose numbers leave a gap that nobody explained, or that share one. `names` as `0001-….sql`. */
export function migrationNumbers(names: readonly string[]): string[] {
  const numbers = names.map((name) => Number(name.slice(0, 4)));
  const last = Math.max(0, ...numbers);
  const all = Array.from({ length: last }, (_, index) => index + 1);
  return [
    ...all
      .filter((number) => !numbers.includes(number) && !unused.includes(number) && !isGivenOut(number))
      .map((number) => `migration ${number} is missing`),
    ...unused.filter((number) => numbers.includes(number)).map((number) => `migration ${number} was said to be unused`),
    ...all
      .filter((number) => numbers.filter((other) => other === number).length > 1)
      .map((number) => `two migrations are numbered ${number}`),
  ];
}

const isGivenOut = (number: number) => number >= givenOut.from && number <= givenOut.to;
