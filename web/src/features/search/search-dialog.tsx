import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchQuery } from '../../api/items/search.ts';
import { type Finding, useCommands, useFindings } from './findings.ts';
import styles from './search.module.css';

export function SearchDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [q] = useDebouncedValue(text.trim(), 120);
  const { data, isPlaceholderData } = useQuery(searchQuery(q));
  const commands = useCommands(q);
  const found = useFindings(q === '' ? undefined : data);
  const findings = [...found, ...commands];

  // What stands there may still be of what was typed before: Enter means what is typed now.
  const isOld = q !== text.trim() || (q !== '' && isPlaceholderData);
  const [isEntered, setIsEntered] = useState(false);

  const open = (finding: Finding | undefined) => {
    setIsEntered(false);
    if (!finding) return;
    close();
    void navigate(finding.link);
  };
  const openEntered = useEffectEvent(() => open(findings[at]));
  useEffect(() => {
    if (isEntered && !isOld) openEntered();
  }, [isEntered, isOld]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') setIsEntered(true);
    if (step === undefined) return;
    event.preventDefault();
    setAt((at + step + findings.length) % Math.max(findings.length, 1));
  };

  return (
    <Modal.Root opened onClose={close} size="lg" padding={0} yOffset="10vh">
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content aria-label={t('common.search')}>
        <Modal.Body>
          <TextInput
            variant="unstyled"
            className={styles.input}
            size="md"
            leftSection={<Search size={18} />}
            placeholder={t('shell.searchHint')}
            aria-label={t('shell.searchHint')}
            role="combobox"
            aria-expanded={findings.length > 0}
            aria-controls={findings.length > 0 ? 'findings' : undefined}
            aria-activedescendant={findings.length > 0 ? `finding-${at}` : undefined}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
              setIsEntered(false);
            }}
            onKeyDown={onKeyDown}
            data-autofocus
          />
          <FindingList findings={findings} at={at} open={open} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface FindingListProps {
  findings: readonly Finding[];
  at: number;
  open: (finding: Finding) => void;
}

function FindingList({ findings, at, open }: FindingListProps) {
  const { t } = useTranslation();
  if (findings.length === 0) return <p className={styles.nothing}>{t('common.nothingFound')}</p>;
  return (
    <div id="findings" role="listbox" aria-label={t('common.search')} className={styles.list}>
      {findings.map((finding, index) => (
        <button
          type="button"
          key={finding.key}
          id={`finding-${index}`}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          className={styles.finding}
          onClick={() => open(finding)}
        >
          <finding.icon size={16} aria-hidden />
          <span className={styles.name}>{finding.name}</span>
          <span className={styles.hint}>{finding.hint}</span>
        </button>
      ))}
    </div>
  );
}
