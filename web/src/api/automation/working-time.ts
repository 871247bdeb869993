import type { CalendarBody, Workday, WorkdayStep } from '@signalbox/contract/people/working-time.ts';
import {
  absence,
  type absenceBody,
  absences,
  calendar,
  countries,
  holidays,
  workday,
} from '@signalbox/contract/people/working-time.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { read, write, writeAndRead } from '../transport/request.ts';
import { meQuery } from '../workspace/me.ts';

const calendarQuery = queryOptions({
  queryKey: ['calendar'],
  queryFn: ({ signal }) => read('/api/v1/calendar', { answer: calendar, signal }),
});
export const useCalendar = () => useQuery(calendarQuery);

export function useSaveCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CalendarBody) => writeAndRead('PUT', '/api/v1/calendar', { answer: calendar, body }),
    onSuccess: (saved) => {
      client.setQueryData(calendarQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}

const countriesQuery = queryOptions({
  queryKey: ['countries'],
  queryFn: ({ signal }) => read('/api/v1/calendar/countries', { answer: countries, signal }),
  select: ({ data }) => data,
});
export const useCountries = () => useQuery(countriesQuery);

/** The next ones, in the language on screen; nothing is asked without a country. */
export const useHolidays = (country: string | null, language: string) =>
  useQuery({
    queryKey: ['holidays', country, language],
    queryFn: ({ signal }) =>
      read('/api/v1/calendar/holidays', { answer: holidays, query: { country: country ?? '', language }, signal }),
    select: ({ data }) => data,
    enabled: country !== null,
  });

const workdayQuery = queryOptions({
  queryKey: ['workday'],
  queryFn: ({ signal }) => read('/api/v1/me/workday', { answer: workday, signal }),
});
export const useWorkday = () => useQuery(workdayQuery);

export function useStepWorkday() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: WorkdayStep) => writeAndRead('POST', '/api/v1/me/workday', { answer: workday, body: { step } }),
    onSuccess: (stepped: Workday) => client.setQueryData(workdayQuery.queryKey, stepped),
    onError: () => client.invalidateQueries({ queryKey: workdayQuery.queryKey }),
  });
}

const absencesQuery = queryOptions({
  queryKey: ['absences'],
  queryFn: ({ signal }) => read('/api/v1/absences', { answer: absences, signal }),
  select: ({ data }) => data,
});
export const useAbsences = () => useQuery(absencesQuery);

export function useAddAbsence() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof absenceBody>) =>
      writeAndRead('POST', '/api/v1/absences', { answer: absence, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: absencesQuery.queryKey }),
  });
}

export function useDeleteAbsence() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => write('DELETE', `/api/v1/absences/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: absencesQuery.queryKey }),
  });
}
