import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { timed } from './timed.mjs'

/** The floor of the kernel, conmon and crun (floor/floor.c). Its containers have the config.json that HeroPods wrote for one of its own. */
export class Floor {
  constructor(base, width) {
    this.program = join(base, 'floor-program')
    this.folder = join(base, 'floor')
    this.template = join(base, 'floor-template.json')
    this.files = join(base, 'floor-files')
    this.width = width
    const sources = ['floor.c', 'networks.c'].map((name) => join(import.meta.dirname, 'floor', name))
    execFileSync('gcc', ['-O2', '-Wall', '-std=gnu11', '-fno-strict-aliasing', '-o', this.program, ...sources], {
      stdio: 'inherit',
    })
  }

  /** Takes config.json, files and image of a running container. `runFolder`: of its instance. */
  copyFrom(dataFolder, runFolder, container) {
    const text = readFileSync(join(runFolder, 'containers', container, 'bundle/config.json'), 'utf8')
    const config = JSON.parse(text)
    const own = join(this.folder, '@I@')
    mkdirSync(this.files, { recursive: true })
    const bound = config.mounts.filter(({ destination }) =>
      ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf'].includes(destination),
    )
    for (const { destination, source } of bound)
      writeFileSync(join(this.files, basename(destination)), readFileSync(source))
    const replacements = [
      ...bound.map(({ destination, source }) => [source, join(own, 'files', basename(destination))]),
      [config.root.path, join(own, 'root')],
      [config.linux.cgroupsPath, '/floor/@I@'],
      [config.linux.namespaces.find((one) => one.type === 'network').path, '/run/netns/floor@I@'],
    ]
    // As text: JSON.parse rounds limits of 64 bits.
    const copy = replacements.reduce(
      (last, [from, to]) => last.replaceAll(JSON.stringify(from), JSON.stringify(to)),
      text,
    )
    const left = [dataFolder, runFolder].filter((folder) => copy.includes(`${folder}/`))
    if (left.length > 0 || config.annotations['run.oci.seccomp_bpf_data'] === undefined)
      throw new Error(
        `the floor cannot take this config.json: ${left.join(' ') || 'its seccomp filter is not compiled'}`,
      )
    writeFileSync(this.template, copy)
    const images = join(dataFolder, 'images')
    const digest = readdirSync(images).find((name) => /^[0-9a-f]{64}$/.test(name))
    this.lower = join(images, digest, 'rootfs')
  }

  create(count) {
    return this.run('create', count, [this.lower, this.template, this.files])
  }

  destroy(count) {
    return this.run('destroy', count, [])
  }

  run(action, count, rest) {
    const result = timed(this.program, [action, String(count), String(this.width), this.folder, ...rest], process.env)
    return { ...result, phases: JSON.parse(result.stdout) }
  }
}
