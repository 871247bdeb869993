import { Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../api/items/fields.ts';
import { patchItem } from '../../api/items/item-list.ts';
import { moveItem } from '../../api/items/items.ts';
import { Refusal } from '../../api/transport/errors.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../ui/text/problem-text.ts';
import { FieldInput } from './field-input.tsx';
import { withoutBlank } from './several-inputs.tsx';
import type { Value } from './values.ts';

type Values = Readonly<Record<string, Value>>;

interface Question {
  readonly type: string;
  readonly codes: readonly string[];
  /** The answer goes to other items, too. */
  readonly forSeveral: boolean;
  /** The item is not there yet. */
  readonly isNew?: boolean;
  readonly save: (values: Values) => Promise<unknown>;
  readonly settle: (values: Values | null) => void;
}

/** The one who moves did not fill in what the stage asks for; nothing has moved. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

let question: Question | null = null;
const listeners = new Set<() => void>();

function pose(next: Question | null) {
  question = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

interface Target {
  readonly stage: string;
  readonly pipeline?: number | undefined;
}

/** Moves an item; what the stage asks for and the item lacks is asked from the person first. Throws GivenUp. */
export function moveAsking(type: string, id: number, to: Target): Promise<unknown> {
  return moverOf(type, false)(id, to);
}

/** The same for many: what was filled in once goes into every item that lacks it. */
export function moverOf(type: string, forSeveral = true) {
  let known: Values = {};
  let isGivenUp = false;
  return async (id: number, to: Target): Promise<unknown> => {
    try {
      return await moveItem(id, to.stage, to.pipeline);
    } catch (error) {
      const codes = missingCodes(error);
      if (codes.length === 0) throw error;
      if (isGivenUp) throw new GivenUp();
      const save = (values: Values) => patchItem(id, { ...to, fields: { ...values } });
      if (codes.every((code) => code in known)) return save(only(known, codes));
      const given = await ask({ type, codes, forSeveral, save });
      isGivenUp = given === null;
      if (given === null) throw new GivenUp();
      known = { ...known, ...given };
      return given;
    }
  };
}

/** Adds an item; what its stage asks for is asked from the person first. Throws GivenUp. */
export async function addAsking<Body extends { readonly type: string }, Made>(
  body: Body,
  add: (body: Body & { readonly fields?: Record<string, Value> }) => Promise<Made>,
): Promise<Made> {
  try {
    return await add(body);
  } catch (error) {
    const codes = missingCodes(error);
    if (codes.length === 0) throw error;
    let made: Made | undefined;
    const save = async (values: Values) => {
      made = await add({ ...body, fields: { ...values } });
    };
    const given = await ask({ type: body.type, codes, forSeveral: false, isNew: true, save });
    if (given === null || made === undefined) throw new GivenUp();
    return made;
  }
}

function ask(asked: Omit<Question, 'settle'>): Promise<Values | null> {
  return new Promise((settle) => pose({ ...asked, settle }));
}

function missingCodes(error: unknown): string[] {
  if (!(error instanceof Refusal)) return [];
  const missing = error.fields.filter(({ code }) => code === 'required-on-stage');
  return missing.map(({ path }) => path.replace(/^fields\./, ''));
}

const only = (values: Values, codes: readonly string[]): Values =>
  Object.fromEntries(codes.map((code) => [code, values[code] ?? null]));

/** Stands once on every screen; opens when a move lacks fields. */
export function MissingFields() {
  const asked = useSyncExternalStore(listen, () => question);
  return asked && <Form key={asked.codes.join()} question={asked} />;
}

function Form({ question: { type, codes, forSeveral, isNew = false, save, settle } }: { question: Question }) {
  const { t } = useTranslation();
  const { t: own } = useTranslation('fields');
  const { data: fields = [] } = useFields(type);
  const [values, setValues] = useState<Values>({});
  const [error, setError] = useState<Error | null>(null);
  const [saving, setSaving] = useState(false);

  const close = (answer: Values | null) => {
    pose(null);
    settle(answer);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setSaving(true);
    const given = Object.fromEntries(codes.map((code) => [code, withoutBlank(values[code] ?? null)]));
    await save(given).then(
      () => close(given),
      (failed: unknown) => setError(failed instanceof Error ? failed : new Error(String(failed))),
    );
    setSaving(false);
  };
  return (
    <Dialog close={() => close(null)} title={own(isNew ? 'missing.titleToAdd' : 'missing.title')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {own(forSeveral ? 'missing.several' : 'missing.text')}
          </Text>
          <ErrorNote error={hasFieldProblems(error) ? null : error} />
          {fields
            .filter(({ code }) => codes.includes(code))
            .map((field, index) => (
              <FieldInput
                key={field.code}
                field={field}
                value={values[field.code] ?? null}
                onChange={(value) => setValues((before) => ({ ...before, [field.code]: value }))}
                frame={{
                  ...{ label: field.name, 'aria-label': field.name, withAsterisk: true, autoFocus: index === 0 },
                  error: fieldProblem(error, `fields.${field.code}`, t),
                }}
              />
            ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => close(null)}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {own(isNew ? 'missing.add' : 'missing.move')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
