/** For tests: the bytes as texts of so many letters, then how many there were. */
export function* work({ letters }: { readonly letters: number }, bytes: Uint8Array): Generator<string, number, void> {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.startsWith('fail')) throw new Error('as it was told');
  for (let at = 0; at < text.length; at += letters) yield text.slice(at, at + letters);
  return text.length;
}
