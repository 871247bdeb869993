/** Only a path of ours: a forged link must not lead from our sign-in to somebody else's page. */
export const localPath = (next: string | undefined) => (next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/');
