import { parseLanguage, tongues } from '@signalbox/automation/kit/words/languages.ts';
import iconv from 'iconv-lite';

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

const marks: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** By its byte order mark, else UTF-8 if it is valid UTF-8, else what spreadsheets of that language write. */
export function decodeText(bytes: Uint8Array, language = 'en'): Decoded {
  const mark = marks.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (mark !== undefined) return decodeAs(bytes.subarray(mark.bytes.length), mark.encoding);
  try {
    return { text: storable(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), encoding: 'utf-8' };
  } catch {
    return decodeAs(bytes, tongues[parseLanguage(language)].codePage);
  }
}

function decodeAs(bytes: Uint8Array, encoding: string): Decoded {
  return { text: storable(iconv.decode(Buffer.from(bytes), encoding)), encoding };
}

// PostgreSQL stores neither U+0000 nor half a surrogate pair.
function storable(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd');
}
