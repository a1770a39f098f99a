import TenureProgramme

extension Reading {
    /// Fills `names` from the outline, silently: whatever is wrong is reported when it is read in earnest.
    func gatherNames() {
        names = muted {
            var names = Names()
            names.signals = outline.ids(.signal)
            names.plays = outline.ids(.play)
            names.tiers = outline.ids(.tier)
            names.segments = outline.ids(.segment)
            names.roles = outline.ids(.role)
            names.kpis = outline.ids(.kpi)
            for definition in outline.all(.sla) { names.slas[definition.id] = nestedIDs(definition.map, "clocks") }
            for definition in outline.all(.kpi) { names.kpiBands[definition.id] = nestedIDs(definition.map, "bands") }
            names.metricIDs = outline.ids(.metric)
            for definition in outline.all(.metric) {
                names.metrics[definition.id] = declaredMetric(definition)
            }
            for definition in outline.all(.play) {
                names.steps[definition.id] = nestedIDs(definition.map, "steps")
                names.outcomes[definition.id] = nestedIDs(definition.map, "exits", id: "outcome")
                gatherTasks(definition, &names)
            }
            for definition in outline.all(.event) {
                names.eventFields[definition.id] = declaredFields(definition)
            }
            for definition in outline.all(.entity) {
                names.entityFields[definition.id] = declaredFields(definition)
            }
            gatherAccountFields(&names)
            gatherHealth(&names)
            return names
        }
    }

    private func declaredFields(_ definition: Definition) -> [EventField] {
        eventFields(definition.map["fields"]?.map)
    }

    private func nestedIDs(_ map: MapNode, _ key: String, id: String = "id") -> [String] {
        (map[key]?.list?.items ?? []).compactMap { $0.map?[id]?.scalar?.text }
    }

    private func gatherTasks(_ play: Definition, _ names: inout Names) {
        for step in (play.map["steps"]?.list?.items ?? []).compactMap(\.map) {
            guard let id = step["id"]?.scalar?.text else { continue }
            names.tasks["\(play.id)/\(id)"] = (step["tasks"]?.list?.items ?? []).compactMap {
                $0.scalar?.text
            }
        }
    }

    private func gatherAccountFields(_ names: inout Names) {
        names.accountFields += outline.all(.accountField).compactMap { accountField($0) }
        for definition in outline.all(.role) where !role(definition).isTeamWide {
            names.accountFields.append(AccountField(id: definition.id, title: definition.id, kind: .text))
        }
    }

    private func gatherHealth(_ names: inout Names) {
        guard let health = outline.health else { return }
        names.bands = nestedIDs(health, "bands")
        for group in (health["groups"]?.list?.items ?? []).compactMap(\.map) {
            guard let id = group["id"]?.scalar?.text else { continue }
            names.groups.append(id)
            names.components += nestedIDs(group, "components").map { "\(id).\($0)" }
        }
    }
}
