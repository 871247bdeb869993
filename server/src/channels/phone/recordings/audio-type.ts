interface Sign {
  readonly at: number;
  readonly bytes: string;
  readonly type: string;
  readonly ending: string;
}

// How recordings begin; what they claim to be is not believed.
const signs: readonly Sign[] = [
  { at: 8, bytes: 'WAVE', type: 'audio/wav', ending: 'wav' },
  { at: 0, bytes: 'ID3', type: 'audio/mpeg', ending: 'mp3' },
  { at: 0, bytes: 'OggS', type: 'audio/ogg', ending: 'ogg' },
  { at: 0, bytes: 'fLaC', type: 'audio/flac', ending: 'flac' },
  { at: 4, bytes: 'ftyp', type: 'audio/mp4', ending: 'm4a' },
  { at: 0, bytes: '\x1a\x45\xdf\xa3', type: 'audio/webm', ending: 'webm' },
  { at: 0, bytes: '#!AMR', type: 'audio/amr', ending: 'amr' },
];

/** What a file is by its first 12 bytes; undefined: no recording that we know. */
export function audioTypeOf(head: Buffer): { type: string; ending: string } | undefined {
  const text = head.toString('latin1');
  const sign = signs.find(({ at, bytes }) => text.startsWith(bytes, at));
  if (sign !== undefined) return { type: sign.type, ending: sign.ending };
  // A frame of MPEG audio without a tag before it: eleven bits set, and a layer.
  const [first = 0, second = 0] = head;
  return first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0
    ? { type: 'audio/mpeg', ending: 'mp3' }
    : undefined;
}
