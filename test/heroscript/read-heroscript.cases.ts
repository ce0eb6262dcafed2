import type { ErrorCode } from '../../src/generated/error-codes.ts'

/** A script, and the actions or the errors that it must give. Parameters with their defaults are not listed. */
export interface Case {
  readonly is: string
  readonly script: string
  readonly actions?: readonly (readonly [action: string, parameters: Readonly<Record<string, unknown>>])[]
  /** Codes with line:column. */
  readonly errors?: readonly (readonly [code: ErrorCode, place: string])[]
}

export const cases: readonly Case[] = [
  { is: 'one line', script: "!!heropods.container_stop name:'web'", actions: [['container_stop', { name: 'web' }]] },
  {
    is: 'indented lines, blank line inside',
    script: "!!heropods.container_new\n    name:web\n\n  image:'custom'\n",
    actions: [['container_new', { name: 'web', image: 'custom' }]],
  },
  {
    is: 'tab is four columns',
    script: '!!heropods.container_stop\n\tname:web',
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'whole file indented',
    script: '    !!heropods.container_stop\n      name:web',
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'CRLF ends',
    script: '!!heropods.container_stop\r\n  name:web\r\n',
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'one ! is the same',
    script: '!heropods.container_stop name:web',
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'three ! (macro) and four (wal)',
    script: '!!!heropods.container_stop name:web',
    errors: [['unsupported-kind', '1:1']],
  },
  { is: 'five !', script: '!!!!!heropods.container_stop name:web', errors: [['unsupported-kind', '1:1']] },
  {
    is: 'case and dash of the action name',
    script: '!!HeroPods.Container-Stop NAME:Web',
    actions: [['container_stop', { name: 'Web' }]],
  },
  { is: 'blank after !!', script: '!! heropods.container_stop name:web', errors: [['bad-action', '1:1']] },
  { is: 'one part means actor core', script: '!!container_stop name:web', errors: [['bad-action', '1:1']] },
  { is: 'three parts', script: '!!heropods.container.stop name:web', errors: [['bad-action', '1:1']] },
  {
    is: 'junk in the name is dropped silently',
    script: '!!heropods.container_stop: name:web',
    errors: [['bad-action', '1:1']],
  },
  { is: 'unknown action', script: '!!heropods.container_stp name:web', errors: [['unknown-action', '1:1']] },
  { is: 'other actor', script: '!!tmux.session_create name:web', errors: [['unknown-action', '1:1']] },
  {
    is: 'shebang, heading, comment, then action',
    script: '#!/usr/bin/env hero\n# title\n// why\n!!heropods.container_stop name:web',
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'prose before an action',
    script: 'Some text.\n!!heropods.container_stop name:web',
    errors: [['stray-text', '1:1']],
  },
  { is: 'parameter not indented', script: '!!heropods.container_stop\nname:web', errors: [['stray-text', '2:1']] },
  { is: 'parameter indented by one', script: '!!heropods.container_stop\n name:web', errors: [['stray-text', '2:2']] },
  {
    is: 'image of markdown is text',
    script: '![logo](x.png)\n!!heropods.container_stop name:web',
    errors: [['stray-text', '1:1']],
  },
  {
    is: 'prose starting with !',
    script: '!note read this\n!!heropods.container_stop name:web',
    errors: [['bad-action', '1:1']],
  },
  {
    is: 'blanks after the colon',
    script: '!!heropods.container_stop name:    web',
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'blank before the colon',
    script: '!!heropods.container_stop name :web',
    errors: [['space-before-colon', '1:31']],
  },
  {
    is: 'double quotes',
    script: '!!heropods.container_stop name:"web"',
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'upper-case key, value kept',
    script: "!!heropods.container_exec NAME:c CMD:'echo ABC'",
    actions: [['container_exec', { name: 'c', cmd: 'echo ABC' }]],
  },
  {
    is: 'value trimmed inside quotes',
    script: "!!heropods.container_stop name:'  web '",
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'empty quoted value',
    script: "!!heropods.container_new name:c docker_url:''",
    actions: [['container_new', { name: 'c', docker_url: '' }]],
  },
  {
    is: 'key without value, end of action',
    script: '!!heropods.container_new image:custom name:',
    errors: [['missing-value', '1:39']],
  },
  {
    is: 'key without value swallows the next pair',
    script: '!!heropods.container_new name: image:custom',
    errors: [['bad-name', '1:26']],
  },
  {
    is: 'value on the next line',
    script: '!!heropods.container_new name:\n    c',
    errors: [['missing-value', '1:26']],
  },
  {
    is: 'escaped quote',
    script: "!!heropods.container_exec name:c cmd:'echo \\'hi\\''",
    actions: [['container_exec', { name: 'c', cmd: "echo 'hi'" }]],
  },
  {
    is: 'double quotes inside single',
    script: '!!heropods.container_exec name:c cmd:\'echo "hi"\'',
    actions: [['container_exec', { name: 'c', cmd: 'echo "hi"' }]],
  },
  {
    is: 'single inside double',
    script: '!!heropods.container_exec name:c cmd:"echo \'hi\'"',
    actions: [['container_exec', { name: 'c', cmd: "echo 'hi'" }]],
  },
  {
    is: 'apostrophe inside double',
    script: '!!heropods.container_exec name:c cmd:"echo it\'s"',
    actions: [['container_exec', { name: 'c', cmd: "echo it's" }]],
  },
  {
    is: 'backslash n stays two characters',
    script: "!!heropods.container_exec name:c cmd:'printf a\\nb'",
    actions: [['container_exec', { name: 'c', cmd: 'printf a\\nb' }]],
  },
  {
    is: 'two backslashes and n are a newline',
    script: "!!heropods.container_exec name:c cmd:'a\\\\nb'",
    actions: [['container_exec', { name: 'c', cmd: 'a\nb' }]],
  },
  {
    is: '<BR> is a newline',
    script: "!!heropods.container_exec name:c cmd:'a<BR>b'",
    actions: [['container_exec', { name: 'c', cmd: 'a\nb' }]],
  },
  {
    is: 'quoted value over two lines: one blank',
    script: "!!heropods.container_exec name:c\n  cmd:'echo a\n    b'",
    actions: [['container_exec', { name: 'c', cmd: 'echo a b' }]],
  },
  {
    is: 'quote never closed',
    script: "!!heropods.container_exec name:c\n  cmd:'echo a\n  stdout:false",
    errors: [['unterminated-quote', '2:7']],
  },
  {
    is: 'text right after the closing quote',
    script: "!!heropods.container_exec name:'c'cmd:'ls'",
    errors: [['text-after-quote', '1:35']],
  },
  {
    is: 'quote inside a bare value',
    script: "!!heropods.container_new name:c docker_url:a'b",
    errors: [['quote-in-value', '1:44']],
  },
  {
    is: 'word after the value',
    script: '!!heropods.container_exec name:c cmd:ls -la',
    errors: [['bare-argument', '1:41']],
  },
  { is: 'bare argument', script: '!!heropods.container_start name:c keep_alive', errors: [['bare-argument', '1:35']] },
  {
    is: 'block, rest of the action follows',
    script: "!!heropods.container_exec name:c\n    cmd:'\n      echo a\n        echo b\n      '\n    stdout:no",
    actions: [['container_exec', { name: 'c', cmd: 'echo a\n  echo b', stdout: false }]],
  },
  {
    is: 'block keeps blank lines and quotes',
    script: "!!heropods.container_exec name:c\n  cmd:'\n    echo 'a'\n\n    echo \"b\"\n  '",
    actions: [['container_exec', { name: 'c', cmd: 'echo \'a\'\n\necho "b"' }]],
  },
  {
    is: 'block with triple quotes, other closer',
    script: '!!heropods.container_exec name:c\n  cmd: """\n    ls\n  \'\'\'',
    actions: [['container_exec', { name: 'c', cmd: 'ls' }]],
  },
  {
    is: 'block opened after another pair on the line',
    script: "!!heropods.container_exec name:c cmd:'\n    ls\n  '",
    actions: [['container_exec', { name: 'c', cmd: 'ls' }]],
  },
  {
    is: 'block never closed',
    script: "!!heropods.container_exec name:c\n  cmd:'\n    ls",
    errors: [['block-not-closed', '2:7']],
  },
  {
    is: 'block ended by an action',
    script: "!!heropods.container_exec\n  name:c\n  cmd:'\n    ls\n!!heropods.container_stop name:c",
    errors: [['block-not-closed', '3:7']],
  },
  {
    is: 'block line at column 1',
    script: "!!heropods.container_exec name:c\n  cmd:'\ncat x\n  '",
    errors: [['block-not-indented', '3:1']],
  },
  {
    is: '! line inside a block',
    script: "!!heropods.container_exec name:c\n  cmd:'\n    !true\n  '",
    actions: [['container_exec', { name: 'c', cmd: '!true' }]],
  },
  {
    is: 'value that ends in a colon is no block',
    script: "!!heropods.container_exec name:c\n  cmd:'echo done:'\n  stdout:false",
    actions: [['container_exec', { name: 'c', cmd: 'echo done:', stdout: false }]],
  },
  {
    is: 'comment after a value',
    script: "!!heropods.container_stop name:'web' // the web",
    actions: [['container_stop', { name: 'web' }]],
  },
  {
    is: 'comment lines inside an action',
    script: '!!heropods.container_new\n  // one\n  // two\n  name:c\n  image:custom // three',
    actions: [['container_new', { name: 'c', image: 'custom' }]],
  },
  {
    is: 'apostrophe in a comment line',
    script: "!!heropods.container_new\n  name:c\n  // don't\n  image:custom",
    actions: [['container_new', { name: 'c', image: 'custom' }]],
  },
  {
    is: 'quotes in a trailing comment',
    script: '!!heropods.container_new name:\'c\' // the "c"\n  image:custom',
    actions: [['container_new', { name: 'c', image: 'custom' }]],
  },
  {
    is: '// inside quotes',
    script: "!!heropods.container_exec name:c cmd:'wget http://a/b' stdout:false",
    actions: [['container_exec', { name: 'c', cmd: 'wget http://a/b', stdout: false }]],
  },
  {
    is: 'bare URL',
    script: '!!heropods.container_new name:c docker_url:http://h/i image:custom',
    actions: [['container_new', { name: 'c', docker_url: 'http://h/i', image: 'custom' }]],
  },
  {
    is: '// glued to a word',
    script: '!!heropods.container_new name:c image:custom//x',
    errors: [['comment-in-value', '1:39']],
  },
  {
    is: 'html comment line',
    script: '!!heropods.container_stop\n  <!-- x -->\n  name:c',
    actions: [['container_stop', { name: 'c' }]],
  },
  {
    is: 'text after an html comment',
    script: '!!heropods.container_stop name:c\n  <!-- x --> name:d',
    errors: [['html-comment', '2:3']],
  },
  {
    is: '# is no comment inside an action',
    script: '!!heropods.container_stop name:c # x',
    errors: [['hash-comment', '1:34']],
  },
  {
    is: 'list with commas',
    script: '!!heropods.configure name:i dns_servers: 1.1.1.1 , 9.9.9.9',
    actions: [['configure', { name: 'i', dns_servers: ['1.1.1.1', '9.9.9.9'] }]],
  },
  {
    is: 'list over two lines',
    script: '!!heropods.configure name:i dns_servers:1.1.1.1,\n  9.9.9.9',
    actions: [['configure', { name: 'i', dns_servers: ['1.1.1.1', '9.9.9.9'] }]],
  },
  {
    is: 'list in brackets, bare',
    script: '!!heropods.configure name:i dns_servers:[1.1.1.1, 9.9.9.9]',
    actions: [['configure', { name: 'i', dns_servers: ['1.1.1.1', '9.9.9.9'] }]],
  },
  {
    is: 'list in brackets, quoted (shipped example)',
    script: "!!heropods.configure name:i dns_servers:['1.1.1.1', '9.9.9.9']",
    actions: [['configure', { name: 'i', dns_servers: ['1.1.1.1', '9.9.9.9'] }]],
  },
  {
    is: 'list as one quoted string',
    script: "!!heropods.configure name:i dns_servers:'1.1.1.1, 9.9.9.9,'",
    actions: [['configure', { name: 'i', dns_servers: ['1.1.1.1', '9.9.9.9'] }]],
  },
  {
    is: 'empty list',
    script: '!!heropods.configure name:i dns_servers:[]',
    actions: [['configure', { name: 'i', dns_servers: [] }]],
  },
  {
    is: 'comma at the end',
    script: '!!heropods.configure name:i dns_servers:1.1.1.1,',
    errors: [['empty-item', '1:48']],
  },
  {
    is: 'comma, then a pair',
    script: '!!heropods.configure name:i dns_servers:1.1.1.1, reset:yes',
    errors: [['empty-item', '1:48']],
  },
  {
    is: 'list never closed',
    script: '!!heropods.configure name:i dns_servers:[1.1.1.1, 9.9.9.9',
    errors: [['unterminated-list', '1:41']],
  },
  {
    is: 'list without a comma',
    script: '!!heropods.configure name:i dns_servers:[1.1.1.1 9.9.9.9]',
    errors: [['missing-comma', '1:50']],
  },
  {
    is: 'bracketed address is no list',
    script: '!!heropods.configure name:i dns_servers:[2a02::1]:53',
    errors: [['text-after-list', '1:50']],
  },
  {
    is: 'first item with a blank is doubled',
    script: "!!heropods.configure name:i dns_servers:'a b', c",
    actions: [['configure', { name: 'i', dns_servers: ['a b', 'c'] }]],
  },
  {
    is: 'list where one value is expected',
    script: '!!heropods.container_exec name:c cmd:ls, pwd',
    errors: [['one-value-expected', '1:34']],
  },
  {
    is: 'peers as one string',
    script:
      "!!heropods.enable_mycelium version:'v0.7.10' ipv6_range:'400::/7' key_path:'~/k' peers:'tcp://1.2.3.4:9651, quic://[2a02::1]:9651'",
    actions: [
      [
        'enable_mycelium',
        {
          version: 'v0.7.10',
          ipv6_range: '400::/7',
          key_path: '~/k',
          peers: ['tcp://1.2.3.4:9651', 'quic://[2a02::1]:9651'],
        },
      ],
    ],
  },
  {
    is: 'peers bare',
    script:
      '!!heropods.enable_mycelium version:v ipv6_range:400::/7 key_path:~/k peers:quic://[2a02::1]:9651,tcp://1.2.3.4:9651',
    actions: [
      [
        'enable_mycelium',
        {
          version: 'v',
          ipv6_range: '400::/7',
          key_path: '~/k',
          peers: ['quic://[2a02::1]:9651', 'tcp://1.2.3.4:9651'],
        },
      ],
    ],
  },
  {
    is: 'booleans',
    script: '!!heropods.container_start name:c keep_alive:YES',
    actions: [['container_start', { name: 'c', keep_alive: true }]],
  },
  {
    is: 'boolean 0',
    script: "!!heropods.container_start name:c keep_alive:'0'",
    actions: [['container_start', { name: 'c', keep_alive: false }]],
  },
  {
    is: 'boolean on: true in one reader, false in the other',
    script: '!!heropods.container_start name:c keep_alive:on',
    errors: [['bad-boolean', '1:35']],
  },
  {
    is: 'the same in configure',
    script: '!!heropods.configure name:i use_podman:on',
    errors: [['bad-boolean', '1:29']],
  },
  { is: 'empty boolean', script: "!!heropods.container_start name:c keep_alive:''", errors: [['bad-boolean', '1:35']] },
  { is: 'key twice', script: '!!heropods.container_start name:a name:b', errors: [['duplicate-parameter', '1:35']] },
  { is: 'dash in a key', script: '!!heropods.container_new name:c docker-url:x', errors: [['bad-key', '1:33']] },
  { is: 'unknown key', script: '!!heropods.container_new name:c imge:custom', errors: [['unknown-parameter', '1:33']] },
  {
    is: 'id is dropped',
    script: '!!heropods.container_stop id:7 name:c',
    actions: [['container_stop', { name: 'c' }]],
  },
  {
    is: 'two errors, both reported',
    script: '!!heropods.container_new docker-url:x\n!!heropods.container_stop name :web',
    errors: [
      ['bad-key', '1:26'],
      ['space-before-colon', '2:31'],
    ],
  },
  { is: 'name missing', script: '!!heropods.container_stop', errors: [['missing-parameter', '1:1']] },
  { is: 'bad container name', script: "!!heropods.container_stop name:'-x/..'", errors: [['bad-name', '1:27']] },
  {
    is: 'unknown image',
    script: '!!heropods.container_new name:c image:alpin_3_20',
    errors: [['unknown-image', '1:33']],
  },
  {
    is: 'dollar, brace, tilde are literal',
    script: "!!heropods.container_exec name:c cmd:'echo $HOME {X} ~'",
    actions: [['container_exec', { name: 'c', cmd: 'echo $HOME {X} ~' }]],
  },
  {
    is: 'non-ASCII value',
    script: "!!heropods.container_exec name:c cmd:'echo grüße'",
    actions: [['container_exec', { name: 'c', cmd: 'echo grüße' }]],
  },
  {
    is: 'order of actions',
    script: '!!heropods.container_stop name:a\n!!heropods.container_start name:b',
    actions: [
      ['container_stop', { name: 'a' }],
      ['container_start', { name: 'b' }],
    ],
  },
]
