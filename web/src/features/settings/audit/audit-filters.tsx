import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { auditGroup, auditGroups } from '@signalbox/contract/audit.ts';
import { Download, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadConfirmed } from '../../../api/transport/download.ts';
import { auditCsvAddress } from '../../../api/workspace/audit.ts';
import { useUsers } from '../../../api/workspace/users.ts';
import { DateField } from '../../../ui/inputs/date-field.tsx';
import styles from './audit.module.css';
import { useAuditFilter } from './use-audit-filter.ts';

export function AuditFilters() {
  const { t } = useTranslation('audit');
  const { search, filter, narrow } = useAuditFilter();
  const { data: people = [] } = useUsers();
  return (
    <div className={styles.filters}>
      <TextSearch />
      <Select
        label={t('group')}
        placeholder={t('everything')}
        clearable
        data={Object.keys(auditGroups).flatMap((name) => {
          const { data: value } = auditGroup.safeParse(name);
          return value === undefined ? [] : [{ value, label: t(`groups.${value}`) }];
        })}
        value={search.group ?? null}
        onChange={(group) => narrow({ group: auditGroup.safeParse(group).data })}
      />
      <Select
        label={t('person')}
        placeholder={t('anybody')}
        clearable
        searchable
        data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={search.by === undefined ? null : String(search.by)}
        onChange={(id) => narrow({ by: id === null ? undefined : Number(id) })}
      />
      <Day label={t('from')} value={search.from} onChange={(from) => narrow({ from })} />
      <Day label={t('to')} value={search.to} onChange={(to) => narrow({ to })} />
      <Button
        component="a"
        variant="default"
        leftSection={<Download size={15} />}
        href={auditCsvAddress(filter)}
        onClick={downloadConfirmed}
        download
      >
        {t('csv')}
      </Button>
    </div>
  );
}

function TextSearch() {
  const { t } = useTranslation('audit');
  const { search, narrow } = useAuditFilter();
  const [text, setText] = useState(search.q ?? '');
  const find = useDebouncedCallback((q: string) => narrow({ q: q === '' ? undefined : q }), 250);
  const change = (wanted: string) => {
    setText(wanted);
    find(wanted.trim());
  };
  return (
    <TextInput
      className={styles.search}
      label={t('search')}
      maxLength={200}
      leftSection={<Search size={15} />}
      rightSection={text && <CloseButton size="sm" aria-label={t('clear')} onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return <DateField label={label} value={value ?? null} onChange={(day) => onChange(day ?? undefined)} clearable />;
}
