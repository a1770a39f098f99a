/// What numbers about accounts say, wherever pages show them.
extension Definition {
    static let accountNumbers = [
        Definition(
            title: "Health",
            meaning: "The programme's components in points, weighted and added up, from 0 to 100; the band says what that calls for."),
        Definition(title: "7 days", meaning: "Points gained or lost since the end of the day seven days ago; the line shows four weeks."),
        Definition(title: "ARR", meaning: "What the account pays a year, as it was last told."),
        Definition(title: "Signals", meaning: "Conditions of the programme that hold now, the most urgent by name."),
        Definition(title: "Notice by", meaning: "The last day on which notice can be given; it stands out when it is at most 90 days away."),
    ]
    static let accountHeadline = [
        accountNumbers[0], accountNumbers[1],
        Definition(title: "Known of the model", meaning: "The share of the components' weight that could be measured; the others are left out."),
        Definition(title: "Trend", meaning: "Where the score has been going over the last weeks, by the programme's own measure."),
    ]
}
