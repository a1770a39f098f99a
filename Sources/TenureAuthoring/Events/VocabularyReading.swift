import TenureProgramme

extension Reading {
    func feature(_ definition: Definition) -> Feature {
        let fields = Fields(definition.map, .feature, self)
        _ = fields.requirements(.feature, definition.id)
        return Feature(
            id: definition.id, title: fields.text("title") ?? "", isKey: fields.flag("key"),
            isAdvanced: fields.flag("advanced"))
    }

    func entity(_ definition: Definition) -> EntityKind {
        let fields = Fields(definition.map, .entity, self)
        var entity = EntityKind(id: definition.id, title: fields.text("title") ?? "")
        entity.fields = eventFields(fields.map("fields"))
        if let map = fields.map("closed") {
            let closed = Fields(map, .closingRule, self)
            let ids = entity.fields.map(\.id)
            entity.closedField = closed.node("field").flatMap {
                reference(
                    $0, "field", .unknownEntityField, "field of `\(definition.id)`", among: ids, nil,
                    of: "closing rule")
            }
            entity.closedValues = closed.someTexts("values")
        }
        _ = fields.requirements(.entity, definition.id)
        return entity
    }
}
