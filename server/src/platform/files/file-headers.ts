const shown = /^image\/(png|jpeg|gif|webp|avif)$/;

/** Anything but a plain picture is only ever saved: a foreign page or drawing must not run at our address. */
export function fileHeaders({ name, type }: { name: string; type: string }): Record<string, string> {
  const isShown = shown.test(type.toLowerCase());
  return {
    'content-type': isShown ? type.toLowerCase() : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
