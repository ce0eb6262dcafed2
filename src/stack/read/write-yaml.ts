import { visible } from '../../model/values/visible.ts'
import { Document, visit } from './yaml.ts'

/** A value as YAML. Texts with control characters are quoted and escaped. Pure. */
export function toText(value: unknown): string {
  const document = new Document(value)
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && visible(node.value) !== node.value) node.type = 'QUOTE_DOUBLE'
    },
  })
  return visible(document.toString({ lineWidth: 0 }))
}
