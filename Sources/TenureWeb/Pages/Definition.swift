/// A number's name, and in one sentence what it says.
struct Definition {
    let title: String
    let meaning: String
}
