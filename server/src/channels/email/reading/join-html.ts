export interface ShownHtml {
  readonly html: string;
  /** Remote images that were left out; they tell the sender when and where the mail is read. */
  readonly blockedImages: number;
}

interface Showing {
  readonly remoteImages: boolean;
  /** `cid:` images become addresses of the mail's own attachments. */
  attachmentUrl(contentId: string): string | undefined;
}

/** The pieces of split-html.ts as they are shown: remote images only when asked for (surroundings.md, E-mail). */
export function joinHtml(pieces: readonly string[], showing: Showing): ShownHtml {
  let blockedImages = 0;
  const html = pieces.map((piece, place) => {
    if (place % 2 === 0) return piece;
    const address = addressOf(piece, showing);
    if (address === undefined && !/^cid:/i.test(piece)) blockedImages += 1;
    return address === undefined ? '' : ` src="${escaped(address)}"`;
  });
  return { html: html.join(''), blockedImages };
}

function addressOf(image: string, { remoteImages, attachmentUrl }: Showing): string | undefined {
  if (/^cid:/i.test(image)) return attachmentUrl(image.slice(4));
  return remoteImages && /^https?:/i.test(image) ? image : undefined;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
