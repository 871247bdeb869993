/**
 * Flowed text (RFC 3676) with each of its paragraphs in one line: a line that ends with a blank goes on in the next of the same
 * depth of quotation. `delSp`: that blank is none of the text.
 */
export function unflow(text: string, delSp: boolean): string {
  const lines: string[] = [];
  let isOpen = false;
  let depth = 0;
  for (const raw of text.split('\n')) {
    const line = quoteOf(raw);
    const isSignature = line.text === '-- ';
    const goesOn = line.text.endsWith(' ') && !isSignature;
    const shown = goesOn && delSp ? line.text.slice(0, -1) : line.text;
    if (isOpen && !isSignature && line.depth === depth) lines.push((lines.pop() ?? '') + shown);
    else lines.push(line.depth === 0 ? shown : `${'>'.repeat(line.depth)} ${shown}`);
    isOpen = goesOn;
    depth = line.depth;
  }
  return lines.join('\n');
}

function quoteOf(line: string): { depth: number; text: string } {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  const text = line.slice(depth);
  return { depth, text: text.startsWith(' ') ? text.slice(1) : text };
}
