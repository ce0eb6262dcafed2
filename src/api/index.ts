export type { ErrorCode } from '../generated/error-codes.ts'
export type {
  BlockWeight,
  Container as ContainerFields,
  Device,
  DeviceBytes,
  DeviceOperations,
  DeviceWeight,
  Duration,
  Environment,
  FileReference,
  Image as ImageFields,
  IntegerOrText,
  Ipv4,
  KeyValues,
  Mount,
  MountFlag,
  Network as NetworkFields,
  NumberOrText,
  Parameters,
  Port,
  Reconcile,
  Size,
  Source as SourceFields,
  StackFile,
  Variable,
  Volume as VolumeFields,
  Words,
} from '../generated/stack-file.ts'
export type { HeroActionName } from '../heroscript/actions.ts'
export type { CommandResult } from '../heroscript/run-actions.ts'
export type { Change, ChangeClass, DriftedField } from '../model/change.ts'
export type { Diagnostic, Place, RecordedDiagnostic } from '../model/errors.ts'
export { HeroPodsError } from '../model/errors.ts'
export type { EventType, InstanceEvent, MessageParts, NewEvent } from '../model/event.ts'
export type { Commit } from '../model/generation.ts'
export type { RunState } from '../model/kinds/container.ts'
export type {
  ApplyAction,
  ApplyStep,
  DownloadProgress,
  Event as ProgressEvent,
  MakingStep,
  Plan,
  RemoveAction,
  RemoveStep,
  RemovingStep,
  Step,
  StepAction,
  StepBase,
  StepId,
  StepOutcome,
} from '../model/plan.ts'
export type { Kind, ResourceAddress } from '../model/resource-address.ts'
export type {
  ContainerState,
  ContainerStatus,
  StartOptions,
  StopOptions,
} from './container.ts'
export { Container } from './container.ts'
export type { MountOptions, MountType } from './containers/configurable-container.ts'
export type { ContainerImageType, ContainerOptions } from './containers/container-options.ts'
export type { LogEntry, LogOptions } from './containers/logs.ts'
export type { TmuxPaneOptions } from './containers/tmux.ts'
export type { ResourceUsage } from './containers/usage.ts'
export type { WaitOptions } from './containers/wait.ts'
export type { EventOptions } from './events.ts'
export type { ExecOptions, ExecResult } from './exec.ts'
export { ExecFailedError } from './exec.ts'
export type { GetOptions } from './heropods.ts'
export { HeroPods } from './heropods.ts'
export type { ImageExportOptions, ImageImportOptions, ImageInfo, ImageOptions } from './image.ts'
export { ContainerImage } from './image.ts'
export type { InstanceOptions } from './instance.ts'
export type { DeleteOptions, NewOptions } from './instances/instances.ts'
export type { HeroPodsSettings } from './instances/settings.ts'
export type { PlatformInfo } from './node.ts'
export { Node } from './node.ts'
export type { OneOffOptions } from './run/run.ts'
export type { PlayedAction, PlayOptions, PlayResult } from './script/play.ts'
export type {
  ApplyOptions,
  DestroyOptions,
  PlanOptions,
  RollbackOptions,
  RunOptions,
  RunResult,
  Stack,
  StackPlan,
  StackSource,
} from './stacks.ts'
export { stack } from './stacks.ts'
export type { WatchOptions } from './watch.ts'
