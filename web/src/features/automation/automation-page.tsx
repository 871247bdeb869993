import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { automationQuery } from '../../api/automation/automation.ts';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useMe } from '../../api/workspace/me.ts';
import { FormFactsProvider, type StageOption } from '../../controls/form-facts.tsx';
import { rememberPipeline } from '../../ui/last-pipeline.ts';
import { AutomationScreen } from './automation-screen.tsx';
import { keptName } from './model/kept-draft.ts';
import { fileFrom } from './save/use-save.ts';
import { useFacts } from './use-facts.ts';

/** Triggers and automation rules of one pipeline (route `/automation/$type/$pipeline`). */
export function AutomationPage() {
  const { type, pipeline } = useParams({ from: '/signed-in/automation/$type/$pipeline' });
  return <Loaded key={`${type}/${pipeline}`} type={type} pipeline={pipeline} />;
}

const GREY = '#868e96';

function Loaded({ type, pipeline }: { type: string; pipeline: string }) {
  const { t } = useTranslation('automation');
  const me = useMe();
  const { data: board } = useSuspenseQuery(automationQuery({ type, pipeline }));
  const own = usePipelines().data?.find((one) => String(one.id) === pipeline);
  const saved = useMemo(() => ({ file: fileFrom(board), version: board.version }), [board]);
  const stages: readonly StageOption[] = useMemo(() => {
    const colors = new Map(own?.stages.map(({ code, color }) => [code, color]));
    return board.stages.map(({ code, name, color }) => ({ code, name, color: colors.get(code) ?? color ?? GREY }));
  }, [board, own]);
  const { facts, ofCards } = useFacts({ type, pipeline: own?.id ?? 0, stages });
  useEffect(() => {
    document.title = `${t('title')} · ${board.pipeline}`;
    if (own !== undefined) rememberPipeline(own.id);
  }, [t, board.pipeline, own]);
  return (
    <FormFactsProvider facts={facts}>
      <AutomationScreen
        address={{ type, pipeline }}
        saved={saved}
        facts={facts}
        ofCards={ofCards}
        keptAs={keptName({ workspace: me.workspace.id, type, pipeline })}
      />
    </FormFactsProvider>
  );
}
