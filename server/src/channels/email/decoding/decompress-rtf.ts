// What every compressed text may refer to from its first byte on (MS-OXRTFCP 2.1.2.1).
const BEFORE =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const WINDOW = 4096;
const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;
const MAX_BYTES = 8 * 1024 * 1024;

/** Outlook's compressed RTF (MS-OXRTFCP); undefined when it is none. */
export function decompressRtf(packed: Buffer): Buffer | undefined {
  if (packed.length < 16) return undefined;
  const size = Math.min(packed.readUInt32LE(4), MAX_BYTES);
  const kind = packed.readUInt32LE(8);
  if (kind === PLAIN) return packed.subarray(16, 16 + size);
  return kind === COMPRESSED ? unfold(packed.subarray(16), size) : undefined;
}

function unfold(packed: Buffer, size: number): Buffer {
  const window = Buffer.alloc(WINDOW);
  let write = window.write(BEFORE, 'latin1');
  const out: number[] = [];
  const put = (byte: number) => {
    out.push(byte);
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  let at = 0;
  while (at < packed.length && out.length < size) {
    const flags = packed[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < packed.length && out.length < size; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(packed[at] ?? 0);
        at += 1;
        continue;
      }
      const token = ((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0);
      at += 2;
      const offset = token >> 4;
      // It refers to its own place: the end.
      if (offset === write) return Buffer.from(out);
      for (let step = 0; step < (token & 15) + 2; step += 1) put(window[(offset + step) % WINDOW] ?? 0);
    }
  }
  return Buffer.from(out);
}
