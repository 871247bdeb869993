import { Text } from '@mantine/core';
import type { ConversionPlan } from '@signalbox/contract/conversion.ts';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useTranslation } from 'react-i18next';
import styles from '../pipelines/pipelines.module.css';
import { type ConversionForm, knownContact } from './use-conversion.ts';

interface WhatHappensProps {
  readonly form: ConversionForm;
  readonly plan: ConversionPlan;
  readonly pipelines: readonly Pipeline[];
}

/** What the button will do, in sentences. */
export function WhatHappens({ form, plan, pipelines }: WhatHappensProps) {
  const { t } = useTranslation('pipelines');
  const pipeline = pipelines.find(({ id }) => id === form.place.pipeline);
  const stage = pipeline?.stages.find(({ code }) => code === form.place.stage);
  const makesContact = form.contact !== null && knownContact(plan, form) === null;
  return (
    <section aria-label={t('convert.will')}>
      <Text size="sm" fw={600}>
        {t('convert.will')}
      </Text>
      <ul className={styles.plan}>
        <li>{t('convert.willDeal', { title: form.title, pipeline: pipeline?.name, stage: stage?.name })}</li>
        {makesContact && <li>{t('convert.willContact', { name: form.contact?.name })}</li>}
        {form.company !== null && <li>{t('convert.willCompany', { name: form.company })}</li>}
        <li>{plan.stage ? t('convert.willMove', { stage: plan.stage.name }) : t('convert.willStay')}</li>
      </ul>
    </section>
  );
}
