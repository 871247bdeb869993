import type { Ports } from '@signalbox/automation/kit/definitions/ports.ts';
import { rules } from '@signalbox/automation/rules/index.ts';
import type { MakePorts, PortScope } from '../automation/running/port-scope.ts';
import * as channels from '../channels/index.ts';
import type { PortMakers } from '../parts/port-run.ts';
import { clientsPort } from './clients-port.ts';
import { flowPort } from './flow-port.ts';
import { itemsPort } from './items-port.ts';
import { makingPort } from './making-port.ts';
import { notificationsPort } from './notifications-port.ts';
import { outsidePort } from './outside-port.ts';
import { peoplePort } from './people-port.ts';
import { tasksPort } from './tasks-port.ts';
import { timelinePort } from './timeline-port.ts';

const ofHouse: PortMakers<PortScope> = {
  people: peoplePort,
  items: itemsPort,
  notifications: notificationsPort,
  timeline: timelinePort,
  tasks: tasksPort,
  outside: outsidePort,
  making: makingPort,
  clients: clientsPort,
  flow: flowPort,
};

const makers: readonly PortMakers<PortScope>[] = [
  ofHouse,
  ...Object.values(channels).flatMap(({ ports }) => ports ?? []),
];

/** Every port that some rule uses. */
export const portNames: readonly (keyof Ports)[] = [...new Set(rules.flatMap(({ uses }) => uses))];

/** What a rule may do, as rows in its run's transaction: nothing here talks to the network (semantics.md 5.7). */
export const makePorts: MakePorts = (scope) => {
  const ports: Given = {};
  for (const name of portNames) give(ports, name, scope);
  return ports;
};

type Given = { -readonly [P in keyof Ports]?: Ports[P] };

function give<P extends keyof Ports>(ports: Given, name: P, scope: PortScope): void {
  const make = findPortMaker(name);
  if (make !== undefined) ports[name] = make(scope);
}

/** Of the house or of a channel. */
export function findPortMaker<P extends keyof Ports>(name: P): PortMakers<PortScope>[P] {
  return makers.find((some) => some[name] !== undefined)?.[name];
}
