const MAX_BYTES = 200;
// Marks that turn the direction of writing: "exe.gpj" would read as "jpg.exe". They are shown, so that nobody is led astray.
const turning = /\p{Bidi_Control}/gu;
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/**
 * A name for people: no folders, nothing unseen (what turns the direction of writing stands there as `[U+202E]`), not too long,
 * never empty. It never becomes a path of ours.
 */
export function cleanFileName(given: string): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(turning, shown)
    .replace(unseen, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim();
  const name = shortened(plain.replace(/^\.+/, '').replace(/[. ]+$/, ''));
  return name === '' ? 'file' : name;
}

function shown(sign: string): string {
  return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** The type that was claimed, or one that says nothing; what it claims is never believed when the file is shown. */
export function cleanFileType(given: string | undefined): string {
  const type = (given ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[a-z]+\/[a-z0-9.+-]{1,100}$/.test(type) ? type : 'application/octet-stream';
}

// The ending stays: it tells people and programs what the file is.
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  let start = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(start) + Buffer.byteLength(ending) > MAX_BYTES) start = [...start].slice(0, -1).join('');
  return `${start.trim()}${ending}`;
}
