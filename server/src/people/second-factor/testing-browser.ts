import type { TestServer } from '../../api/testing.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';

/** A browser of its own: keeps the cookies that it is given. */
export function createBrowser(server: TestServer) {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  async function call(method: Method, url: string, body?: object, headers: Record<string, string> = {}) {
    const path = url.startsWith('/api/') ? url : `/api/v1${url}`;
    const answer = await server.call(method, path, {
      body,
      headers: { ...(jar.size > 0 && { cookie: cookie() }), ...headers },
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = String(line).split(';');
      const at = pair.indexOf('=');
      if (/max-age=0(;|$)/i.test(String(line))) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }
  return Object.assign(call, { jar, cookie });
}
export type TestBrowser = ReturnType<typeof createBrowser>;
