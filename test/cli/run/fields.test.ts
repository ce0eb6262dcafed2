import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../../src/cli/commands/containers/run/fields.ts'

describe('the fields of a container from the options of `run`', () => {
  it('are those of the schema', () => {
    expect(
      fieldsOf(
        ['sh', '-c', 'true'],
        {
          env: ['A=b=c', 'FROM_SHELL'],
          volume: ['data:/data'],
          publish: ['8080:80'],
          memory: '64m',
          label: ['team=web', 'empty'],
          sysctl: ['net.core.somaxconn=9'],
          ulimit: ['nofile=1024:2048', 'nproc=5'],
          stopTimeout: '3',
          readOnly: true,
          pull: 'always',
        },
        { FROM_SHELL: 'secret' },
      ),
    ).toEqual({
      command: ['sh', '-c', 'true'],
      environment: { A: 'b=c', FROM_SHELL: 'secret' },
      volumes: ['data:/data'],
      ports: ['8080:80'],
      mem_limit: '64m',
      labels: { team: 'web', empty: '' },
      sysctls: { 'net.core.somaxconn': '9' },
      ulimits: { nofile: { soft: 1024, hard: 2048 }, nproc: { soft: 5, hard: 5 } },
      stop_grace_period: '3s',
      read_only: true,
      pull_policy: 'always',
    })
  })

  it('have no command without words, and no entrypoint with an empty one', () => {
    expect(fieldsOf([], {}, {})).toEqual({})
    expect(fieldsOf([], { entrypoint: '' }, {})).toEqual({ entrypoint: [] })
    expect(fieldsOf([], { entrypoint: 'sh' }, {})).toEqual({ entrypoint: ['sh'] })
  })

  it.each([
    [{ env: ['ABSENT'] }, '-e ABSENT: this variable is not set'],
    [{ env: ['=x'] }, '-e =x has no name'],
    [{ sysctl: ['x'] }, '--sysctl x has no value'],
    [{ ulimit: ['nofile'] }, '--ulimit nofile is not a limit'],
  ])('refuses %j', (options, message) => {
    expect(() => fieldsOf([], options, {})).toThrow(message)
  })
})
