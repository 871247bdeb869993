import { type ReactNode, useState } from 'react';
import { StageName } from './stage-name.tsx';
import { StageTools, useOnePipeline } from './stage-tools.tsx';

interface StageTitleProps {
  readonly pipeline: number;
  readonly code: string;
  readonly name: string;
  readonly className: string | undefined;
  /** Between the name and the menu. */
  readonly children?: ReactNode;
}

/** The name of a stage in its header, to be renamed there, with the stage's menu. */
export function StageTitle({ pipeline: id, code, name, className, children }: StageTitleProps) {
  const pipeline = useOnePipeline(id);
  const [renaming, setRenaming] = useState<'not yet' | 'now' | 'done'>('not yet');
  if (renaming === 'now' && pipeline) {
    const close = (byKey: boolean) => setRenaming(byKey ? 'done' : 'not yet');
    return <StageName pipeline={pipeline} code={code} name={name} close={close} />;
  }
  return (
    <>
      <h2 className={className} title={name}>
        {name}
      </h2>
      {children}
      <StageTools
        pipeline={id}
        code={code}
        name={name}
        onRename={() => setRenaming('now')}
        focused={renaming === 'done'}
      />
    </>
  );
}
