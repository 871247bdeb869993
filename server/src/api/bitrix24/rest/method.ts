import type { Caller, Context } from '../../../platform/context.ts';
import type { Recorder } from '../../../signals/recorder.ts';
import type { Parameters } from './parameters.ts';

export interface Call {
  readonly context: Context;
  readonly recorder: Recorder;
  readonly caller: Caller;
  readonly parameters: Parameters;
}

export interface MethodResult {
  readonly result: unknown;
  readonly total?: number;
  readonly next?: number;
}

/** One method of the compatible REST; throws RestError. */
export interface Method {
  /** As the reference writes it; calls may use any case. */
  readonly name: string;
  readonly scope: string;
  run(call: Call): Promise<MethodResult>;
}
