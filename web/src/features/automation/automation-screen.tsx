import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { useQuery } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BoardAddress, statsQuery } from '../../api/automation/automation.ts';
import { useMay } from '../../api/workspace/may.ts';
import { type FormFacts, FormFactsProvider } from '../../controls/form-facts.tsx';
import styles from './automation.module.css';
import { Board } from './board/board.tsx';
import { FirstStep, NothingShown } from './board/first-step.tsx';
import { Catalogue } from './catalogue/catalogue.tsx';
import { CopyDialog } from './copy/copy-dialog.tsx';
import { LookOnly } from './editing/look-only.tsx';
import { ScreenActionsProvider } from './editing/screen.tsx';
import { useCompact } from './editing/use-compact.ts';
import { useDraft } from './editing/use-draft.ts';
import { useUndoKeys } from './editing/use-undo-keys.ts';
import type { Card } from './model/cards.ts';
import { cardName } from './model/definitions.ts';
import type { BoardFile } from './model/file-shape.ts';
import { filterCards, type ShownFilter } from './model/shown.ts';
import { SaveParts } from './save/save-parts.tsx';
import { SelectionBar } from './save/selection-bar.tsx';
import { useSave } from './save/use-save.ts';
import { SettingsPanel } from './settings/settings-panel.tsx';
import { CheckTab } from './tabs/check-tab.tsx';
import { RunsTab } from './tabs/runs-tab.tsx';
import { VersionsTab } from './tabs/versions-tab.tsx';
import { type Tab, TopBar } from './top-bar.tsx';
import { useTouchCarry } from './touch/use-touch-carry.ts';
import { useFactsOf } from './use-facts.ts';
import { useScreenState } from './use-screen.ts';

interface AutomationScreenProps {
  readonly address: BoardAddress;
  readonly saved: { readonly file: BoardFile; readonly version: number };
  readonly facts: FormFacts;
  readonly ofCards: FormFacts;
  readonly keptAs: string;
}

const noFilter: ShownFilter = { text: '', only: 'all' };

export function AutomationScreen({ address, saved, facts, ofCards, keptAs }: AutomationScreenProps) {
  const [tab, setTab] = useState<Tab>('board');
  const [filter, setFilter] = useState(noFilter);
  const [compact, setCompact] = useCompact();
  const may = useMay();
  const readOnly = !may.areas.automation;
  const editing = useDraft(saved, { name: keptAs, readOnly });
  const { draft, dirty, apply } = editing;
  const state = useScreenState(
    editing,
    useMemo(() => facts.stages.map(({ code }) => code), [facts.stages]),
    { keptAs, readOnly },
  );
  const save = useSave(address, apply, state.clear);
  const seesAll = may.areas.automation || may.readsAll({ type: address.type, pipeline: Number(address.pipeline) });
  const stats = useQuery({ ...statsQuery(address), enabled: seesAll }).data;
  const shown = useMemo(() => filterCards(draft.cards, filter, facts.language), [draft.cards, filter, facts.language]);
  const wrong = useMemo(() => new Set(save.problems.flatMap(({ uid }) => uid ?? [])), [save.problems]);
  useUndoKeys(apply);
  useLeaving(dirty);
  const { actions } = state;
  const page = useTouchCarry(actions);
  const leads = { nameOf: useNames(draft.cards, facts.language), onProblem: actions.openCard };
  return (
    <ScreenActionsProvider actions={actions}>
      <div ref={page} className={styles.page}>
        <TopBar
          address={address}
          tab={tab}
          onTab={setTab}
          filter={filter}
          onFilter={setFilter}
          compact={compact}
          onCompact={setCompact}
          draft={draft}
          apply={apply}
        />
        {readOnly && <LookOnly />}
        {tab === 'board' && (
          <FormFactsProvider facts={ofCards}>
            <Board
              stages={facts.stages}
              cards={shown}
              stats={stats}
              selected={state.selected}
              lifted={state.lifted}
              wrong={wrong}
              compact={compact}
            />
          </FormFactsProvider>
        )}
        {tab === 'board' && draft.cards.length === 0 && !readOnly && <FirstStep />}
        {tab === 'board' && draft.cards.length > 0 && shown.length === 0 && (
          <NothingShown onClear={() => setFilter(noFilter)} />
        )}
        {tab === 'versions' && <VersionsTab address={address} file={saved.file} version={saved.version} />}
        {tab === 'runs' && <RunsTab cards={draft.cards} stats={stats} onOpen={actions.openCard} />}
        {tab === 'check' && <CheckTab draft={draft} {...leads} />}
        {!readOnly && <EditingBars state={state} {...{ address, draft, dirty, save, apply, stats }} {...leads} />}
      </div>
      <Dialogs address={address} keptAs={keptAs} state={state} draft={draft} facts={facts} save={save} apply={apply} />
    </ScreenActionsProvider>
  );
}

type EditingBarsProps = Parameters<typeof SaveParts>[0] & { readonly state: ReturnType<typeof useScreenState> };

/** What can be done with the selected cards, and with the whole draft. */
function EditingBars({ state, ...parts }: EditingBarsProps) {
  return (
    <>
      <SelectionBar
        selected={state.selected}
        onAsk={state.ask}
        onRemove={(uids) => parts.apply({ do: 'remove', uids })}
        onClear={state.clear}
      />
      <SaveParts {...parts} />
    </>
  );
}

type DialogsProps = Pick<Parameters<typeof SaveParts>[0], 'address' | 'draft' | 'save' | 'apply'> & {
  readonly state: ReturnType<typeof useScreenState>;
  readonly facts: FormFacts;
  readonly keptAs: string;
};

function Dialogs({ address, keptAs, state, draft, facts, save, apply }: DialogsProps) {
  const { opened, asking } = state;
  const card = draft.cards.find(({ uid }) => uid === opened?.uid) ?? null;
  const ofCard = useFactsOf(card, facts, draft.cards);
  const problems = useMemo(() => save.problems.filter(({ uid }) => uid === card?.uid), [save.problems, card?.uid]);
  const asked = useMemo(() => draft.cards.filter(({ uid }) => asking?.uids.includes(uid)), [draft.cards, asking]);
  return (
    <>
      <Catalogue
        opening={state.catalogue}
        onClose={() => state.setCatalogue(null)}
        onStage={(stage) => state.setCatalogue({ stage, only: state.catalogue?.only ?? 'all' })}
        onAdd={state.add}
      />
      <FormFactsProvider facts={ofCard}>
        <SettingsPanel
          card={card}
          keptAs={keptAs}
          problems={problems}
          field={opened?.field ?? ''}
          onClose={state.closeCard}
          onSave={(next) => {
            apply({ do: 'change', card: next });
            save.settle();
            state.closeCard();
          }}
        />
      </FormFactsProvider>
      {asking !== null && asked.length > 0 && (
        <CopyDialog
          how={asking.how}
          address={address}
          draft={draft}
          cards={asked}
          onDone={state.answer}
          onClose={() => state.ask(null)}
        />
      )}
    </>
  );
}

/** A card's name by its uid, for the lists that lead to cards. */
function useNames(cards: readonly Card[], language: Language): (uid: string) => string {
  const names = useMemo(() => new Map(cards.map((card) => [card.uid, cardName(card, language)])), [cards, language]);
  return (uid) => names.get(uid) ?? uid;
}

/** Leaving asks while something is unsaved – though the draft would be found again. */
function useLeaving(dirty: boolean): void {
  const { t } = useTranslation('automation');
  useBlocker({
    shouldBlockFn: () => dirty && !window.confirm(t('save.leave')),
    enableBeforeUnload: () => dirty,
    disabled: !dirty,
  });
}
