import type { Fields } from '@signalbox/automation/kit/settings/setting.ts';
import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Changes, findChanges, keepChanges, noChanges } from './kept-changes.ts';

/** What is typed into a channel's form: whoever leaves and comes back finds it again, but for secrets, about which leaving asks. */
export function useChanges(keptAs: string, fields: Fields) {
  const [changes, setChanges] = useState(() => findChanges(keptAs) ?? noChanges);
  const known = useRef(fields);
  known.current = fields;
  useEffect(() => keepChanges(keptAs, changes, known.current), [keptAs, changes]);
  useLeaving(Object.keys(changes.settings).some((name) => fields[name]?.control === 'secret'));

  const setName = useCallback((name: string) => setChanges((before) => ({ ...before, name })), []);
  const setSetting = useCallback((name: string, value: unknown) => {
    const isSecret = known.current[name]?.control === 'secret';
    setChanges((before) => withSetting(before, name, { value, isSecret }));
  }, []);
  const clear = useCallback(() => {
    keepChanges(keptAs, noChanges, known.current);
    setChanges(noChanges);
  }, [keptAs]);
  return { changes, setName, setSetting, clear };
}

// An emptied secret is the one that was there; other emptied settings fall back to their default.
function withSetting(before: Changes, name: string, next: { value: unknown; isSecret: boolean }): Changes {
  const { [name]: _, ...others } = before.settings;
  if (next.isSecret && next.value === '') return { ...before, settings: others };
  return { ...before, settings: { ...others, [name]: z.json().parse(next.value ?? null) } };
}

function useLeaving(asks: boolean): void {
  const { t } = useTranslation('automation');
  useBlocker({
    shouldBlockFn: () => asks && !window.confirm(t('save.leave')),
    enableBeforeUnload: () => asks,
    disabled: !asks,
  });
}
