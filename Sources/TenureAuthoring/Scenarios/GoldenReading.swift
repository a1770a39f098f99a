import TenureProgramme

extension Reading {
    /// A line of `golden`: an expectation of one exact value, whose place is kept so that it can be written anew.
    func golden(_ map: MapNode, of test: String, last: Int) -> Expectation? {
        let keys = [("component", "points"), ("group", "points"), ("metric", "value"), ("step", "due"), ("score", "score")]
        guard let key = keys.first(where: { map[$0.0] != nil }), let value = map[key.1] else {
            report(.unknownExpectation(at: map.place, shapes: keys.map(\.0)))
            return nil
        }
        guard let expectation = expectation(map, last: last).first else { return nil }
        sources.add(goldenOf: test, at: value.place)
        return expectation
    }
}
