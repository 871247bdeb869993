import { idParams, noContent, shortPage } from '@signalbox/contract/common.ts';
import {
  absence,
  absenceBody,
  absences,
  calendar,
  calendarBody,
  countries,
  holidays,
  holidaysQuery,
  workday,
  workdayBody,
} from '@signalbox/contract/people/working-time.ts';
import { type Change, differences } from '../../audit/differences.ts';
import { record } from '../../audit/record.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOfAll } from '../../platform/http/paging.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { announce } from '../../platform/realtime.ts';
import { getPersonId } from '../employees.store.ts';
import { getWorkspace } from '../workspaces.store.ts';
import { addAbsence, deleteAbsence, findAbsence, listAbsences } from './absences.store.ts';
import { findCalendar, saveCalendar } from './calendar.store.ts';
import { holidayCountries, nextHolidays } from './holidays.ts';
import { showWorkday, stepWorkday } from './work-days.store.ts';

/** Plans the runs again that wait for this person's hours; null: for anybody's (semantics.md 5.4). */
export type ReplanHours = (tx: Tx, employeeId: number | null) => Promise<void>;

export const workingTimeRoutes = (context: Context, replan: ReplanHours): Route[] => [
  ...calendarRoutes(context, replan),
  ...workdayRoutes(context, replan),
  ...absenceRoutes(context, replan),
];

const calendarRoutes = (context: Context, replan: ReplanHours): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/calendar',
    summary: 'The company calendar: hours of the week, the country of its holidays, own days off and on',
    tag: 'People',
    access: 'employee',
    answers: { 200: calendar },
    async handle({ caller: { workspaceId } }) {
      const body = await inWorkspace(context.databases.app, workspaceId, (tx) => present(tx, workspaceId));
      return { status: 200, body };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/calendar',
    summary: 'Replace the company calendar, and the time zone if given; waiting runs are planned again',
    tag: 'People',
    access: 'settings',
    body: calendarBody,
    answers: { 200: calendar },
    handle: ({ caller: { workspaceId }, body, write }) =>
      write(async (tx) => {
        if (body.country !== null) checkCountry(body.country);
        const before = await present(tx, workspaceId);
        await saveCalendar(tx, workspaceId, body);
        await replan(tx, null);
        const after = await present(tx, workspaceId);
        await recordCalendar(tx, workspaceId, differences(before, after));
        return { status: 200, body: after };
      }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/calendar/holidays',
    summary: 'The public holidays of a country, or of a region, in the next twelve months',
    tag: 'People',
    access: 'employee',
    query: holidaysQuery,
    answers: { 200: holidays },
    async handle({ query: { country, language } }) {
      checkCountry(country);
      const from = context.clock.now().toISOString().slice(0, 10);
      return { status: 200, body: { data: nextHolidays(country, { from, language }), nextCursor: null } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/calendar/countries',
    summary: 'The countries whose holidays are known, with the regions that have their own',
    tag: 'People',
    access: 'employee',
    answers: { 200: countries },
    async handle() {
      const data = holidayCountries().map(({ code, regions }) => ({ code, regions: [...regions] }));
      return { status: 200, body: { data, nextCursor: null } };
    },
  }),
];

const workdayRoutes = (context: Context, replan: ReplanHours): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/me/workday',
    summary: 'One’s own work day',
    tag: 'People',
    access: 'employee',
    answers: { 200: workday },
    async handle({ caller }) {
      const now = context.clock.now();
      const body = await inWorkspace(context.databases.app, caller.workspaceId, (tx) => showWorkday(tx, caller, now));
      return { status: 200, body };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/me/workday',
    summary: 'Start, pause, resume or end one’s own work day',
    tag: 'People',
    access: 'employee',
    body: workdayBody,
    answers: { 200: workday },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const stepped = await stepWorkday(tx, caller, { step: body.step, now: context.clock.now() });
        await replan(tx, caller.employeeId);
        announce(tx, { topic: 'people', kind: 'changed', employee: caller.employeeId });
        return { status: 200, body: stepped };
      }),
  }),
];

const absenceRoutes = (context: Context, replan: ReplanHours): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/absences',
    summary: 'Absences, newest first: one’s own, for administrators everybody’s',
    tag: 'People',
    access: 'employee',
    query: shortPage,
    answers: { 200: absences },
    async handle({ caller: { workspaceId, employeeId, role }, query }) {
      const whose = { workspaceId, employeeId: role === 'admin' ? null : employeeId };
      const data = await inWorkspace(context.databases.app, workspaceId, (tx) => listAbsences(tx, whose));
      return { status: 200, body: pageOfAll(data, query) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/absences',
    summary: 'Add an absence, first and last day included',
    tag: 'People',
    access: 'employee',
    body: absenceBody,
    answers: { 201: absence },
    handle: ({ caller, body: { employee, ...days }, write }) =>
      write(async (tx) => {
        const { workspaceId } = caller;
        const employeeId =
          employee === undefined ? caller.employeeId : await getPersonId(tx, workspaceId, employee, 'employee');
        checkOwn(caller, employeeId);
        const id = await addAbsence(tx, { workspaceId, employeeId, ...days, createdBy: caller.employeeId });
        await replan(tx, employeeId);
        return { status: 201, body: await findAbsence(tx, { workspaceId, id }) };
      }),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/absences/:id',
    summary: 'Delete an absence',
    tag: 'People',
    access: 'employee',
    params: idParams,
    answers: { 204: noContent },
    handle: ({ caller, params: { id }, write }) =>
      write(async (tx) => {
        const found = await findAbsence(tx, { workspaceId: caller.workspaceId, id });
        if (found === undefined) throw notFound(`Absence ${id}`);
        checkOwn(caller, found.employee.id);
        await deleteAbsence(tx, { workspaceId: caller.workspaceId, id });
        await replan(tx, found.employee.id);
        return { status: 204 };
      }),
  }),
];

async function recordCalendar(tx: Tx, workspaceId: number, changes: readonly Change[]): Promise<void> {
  const { name } = await getWorkspace(tx, workspaceId);
  await record(tx, { kind: 'calendar-changed', on: { kind: 'workspace', id: workspaceId, name }, changes });
}

async function present(tx: Tx, workspaceId: number) {
  const { timeZone } = await getWorkspace(tx, workspaceId);
  return { ...(await findCalendar(tx, workspaceId)), timeZone };
}

function checkCountry(country: string): void {
  const known = holidayCountries().flatMap(({ code, regions }) => [code, ...regions.map((region) => region.code)]);
  if (!known.includes(country)) throw invalidAt('country', 'unknown-country', `No holidays are known of ${country}`);
}

function checkOwn({ rights, employeeId }: Caller, whose: number): void {
  if (!rights.areas.people && whose !== employeeId) throw missingRight('no-people');
}
