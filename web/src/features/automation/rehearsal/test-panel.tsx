import { Button, Select, Text } from '@mantine/core';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAddress } from '../../../api/automation/automation.ts';
import { testSignal } from '../../../api/automation/rehearsal.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { type Draft, savedFile } from '../model/draft.ts';
import { PanelHead } from './panel-head.tsx';
import { PayloadForm } from './payload-form.tsx';
import { fieldsOfKind, firstPayload, kindsHeard } from './payload-shape.ts';
import styles from './rehearsal.module.css';
import { TestFound } from './test-found.tsx';

interface TestPanelProps {
  readonly address: BoardAddress;
  readonly draft: Draft;
  readonly onClose: () => void;
}

/** What a signal would do to an item now, with the draft. */
export function TestPanel({ address, draft, onClose }: TestPanelProps) {
  const { t, i18n } = useTranslation('rehearsal');
  const kinds = kindsHeard(draft.cards);
  const { previewItem, language } = useFormFacts();
  const [item, setItem] = useState(previewItem);
  const [signal, setSignal] = useState(() => signalOf(kinds[0] ?? '', draft));
  const test = useMutation({
    mutationFn: (id: number) =>
      testSignal(address, { file: savedFile(draft), item: id, signal, language: i18n.language }),
  });
  return (
    <div className={styles.panel}>
      <PanelHead title={t('test.title')} text={t('test.text')} onClose={onClose} />
      {kinds.length === 0 && <Text size="sm">{t('test.noSignals')}</Text>}
      <ItemSelect item={item} onChange={setItem} />
      <Select
        label={t('test.signal')}
        data={kinds.map((kind) => ({ value: kind, label: findSignalKind(kind)?.nameIn(language) ?? kind }))}
        value={signal.kind}
        allowDeselect={false}
        onChange={(kind) => setSignal(signalOf(kind ?? '', draft))}
      />
      <PayloadForm
        key={signal.kind}
        kind={signal.kind}
        fields={fieldsOfKind(signal.kind)}
        payload={signal.payload}
        onChange={(payload) => setSignal({ ...signal, payload })}
      />
      <div className={styles.bar}>
        <Button
          disabled={item === null || signal.kind === ''}
          loading={test.isPending}
          onClick={() => item !== null && test.mutate(item.id)}
        >
          {t('test.run')}
        </Button>
      </div>
      <ErrorNote error={test.error} />
      {test.data !== undefined && <TestFound found={test.data} />}
    </div>
  );
}

interface TestedSignal {
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

function signalOf(kind: string, { cards }: Draft): TestedSignal {
  return { kind, payload: firstPayload(kind, cards) };
}

type Item = ReturnType<typeof useFormFacts>['previewItem'];

function ItemSelect({ item, onChange }: { readonly item: Item; readonly onChange: (item: Item) => void }) {
  const { t } = useTranslation('rehearsal');
  const { findItems, itemType } = useFormFacts();
  const [text, setText] = useState('');
  // What stands in the field because it is chosen is no search: the others have to be there to choose from.
  const wanted = item !== null && text === label(item) ? '' : text;
  const found = useQuery({ queryKey: ['test-items', itemType, wanted], queryFn: () => findItems(wanted) }).data ?? [];
  const offered = [...found, ...(item === null || found.some(({ id }) => id === item.id) ? [] : [item])];
  return (
    <Select
      label={t('test.item')}
      placeholder={t('test.find')}
      searchable
      onSearchChange={setText}
      filter={({ options }) => options}
      allowDeselect={false}
      data={offered.map((one) => ({ value: String(one.id), label: label(one) }))}
      value={item === null ? null : String(item.id)}
      onChange={(id) => onChange(offered.find((one) => String(one.id) === id) ?? null)}
    />
  );
}

const label = ({ id, title }: NonNullable<Item>) => `${title} · #${id}`;
