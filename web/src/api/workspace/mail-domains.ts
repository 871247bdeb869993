import { mailDomain, mailDomains } from '@signalbox/contract/channels/mail-domains.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write, writeAndRead } from '../transport/request.ts';

const queryKey = ['mail-domains'];

/** The domains that the company has mailboxes at, has claimed or asks for. */
export const mailDomainsQuery = queryOptions({
  queryKey,
  queryFn: ({ signal }) => read('/api/v1/mail-domains', { answer: mailDomains, signal }),
  select: ({ data }) => data,
});

function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey }) });
}

export const useAskForDomain = () =>
  useChange((domain: string) => writeAndRead('POST', '/api/v1/mail-domains', { answer: mailDomain, body: { domain } }));

/** Has the DNS looked at now. */
export const useCheckDomain = () =>
  useChange((domain: string) =>
    writeAndRead('POST', `/api/v1/mail-domains/${encodeURIComponent(domain)}/check`, { answer: mailDomain }),
  );

export const useReleaseDomain = () =>
  useChange((domain: string) => write('DELETE', `/api/v1/mail-domains/${encodeURIComponent(domain)}`));
