/** The letter for looking at: neither its pixel nor its links are touched by looking, only by the buttons above it. */
export function untracked(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const link of page.querySelectorAll('a[href]')) {
    link.setAttribute('title', link.getAttribute('href') ?? '');
    link.removeAttribute('href');
    link.setAttribute('style', 'color:#3b5bdb;text-decoration:underline');
  }
  for (const remote of page.querySelectorAll('img[src^="http"]')) remote.removeAttribute('src');
  for (const active of page.querySelectorAll('script,form,iframe,object,embed,meta,base,link')) active.remove();
  return page.body.innerHTML;
}

export interface MailLink {
  url: string;
  text: string;
}

/** The links that a receiver could click, each once. */
export function linksOf(html: string | null): MailLink[] {
  if (html === null) return [];
  const page = new DOMParser().parseFromString(html, 'text/html');
  const links = [...page.querySelectorAll('a[href]')].map((link) => ({
    url: link.getAttribute('href') ?? '',
    text: link.textContent?.trim() || (link.getAttribute('href') ?? ''),
  }));
  const web = links.filter(({ url }) => /^https?:/.test(url));
  return [...new Map(web.map((link) => [link.url, link])).values()];
}
