// A sign that no text has (Unicode keeps it free for such use): a line ended here, in a value.
const LINE_END = '\ufdd0';

/** The line ends of a value, marked until it is known where in the HTML they stand. */
export function markLines(text: string): string {
  return text.replaceAll(LINE_END, '').replace(/\r\n?|\n/g, LINE_END);
}

/** Marked line ends as HTML shows them: `<br>` between tags; inside a tag, where none may stand, a blank. */
export function showLines(html: string): string {
  if (!html.includes(LINE_END)) return html;
  const parts: string[] = [];
  let from = 0;
  let inside: Inside = 'text';
  for (let at = 0; at < html.length; at += 1) {
    const sign = html.charAt(at);
    if (sign === LINE_END) {
      parts.push(html.slice(from, at), inside === 'text' ? '<br>\n' : ' ');
      from = at + 1;
    } else inside = next(inside, { sign, following: html.charAt(at + 1) });
  }
  return parts.concat(html.slice(from)).join('');
}

type Inside = 'text' | 'tag' | '"' | "'";

function next(inside: Inside, { sign, following }: { sign: string; following: string }): Inside {
  if (inside === 'text') return sign === '<' && /[a-z/!]/i.test(following) ? 'tag' : 'text';
  if (inside !== 'tag') return sign === inside ? 'tag' : inside;
  if (sign === '"' || sign === "'") return sign;
  return sign === '>' ? 'text' : 'tag';
}
