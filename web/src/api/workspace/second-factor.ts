import {
  factors,
  recoveryCodes,
  type SecondFactor,
  secondStep,
  totpBegun,
} from '@signalbox/contract/people/second-factor.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { read, write, writeAndRead } from '../transport/request.ts';
import { addPasskey } from './passkeys.ts';

/** What the session owes before it opens anything. */
export const secondStepQuery = queryOptions({
  queryKey: ['second step'],
  queryFn: ({ signal }) => read('/api/v1/session/second', { answer: secondStep, signal }),
  staleTime: 0,
});

export const giveSecond = (body: SecondFactor) => write('POST', '/api/v1/session/second', { body });

export const factorsQuery = queryOptions({
  queryKey: ['factors'],
  queryFn: ({ signal }) => read('/api/v1/me/factors', { answer: factors, signal }),
});

export const beginTotp = () => writeAndRead('POST', '/api/v1/me/totp', { answer: totpBegun });

const confirmTotp = (code: string) =>
  writeAndRead('POST', '/api/v1/me/totp/confirm', { answer: recoveryCodes, body: { code } });
const renewCodes = () => writeAndRead('POST', '/api/v1/me/recovery-codes', { answer: recoveryCodes });
const removeFactor = (which: 'totp' | number) =>
  write('DELETE', which === 'totp' ? '/api/v1/me/totp' : `/api/v1/me/passkeys/${which}`);

export const useConfirmTotp = () => useChange(confirmTotp);
export const useAddPasskey = () => useChange(addPasskey);
export const useRenewCodes = () => useChange(renewCodes);
export const useRemoveFactor = () => useChange(removeFactor);

export const takeFactors = (person: number) => write('DELETE', `/api/v1/users/${person}/factors`);

function useChange<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries(factorsQuery) });
}
