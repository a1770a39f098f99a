/// The plain part: the text as written, then the small print.
enum MailText {
    static func render(_ message: MailMessage) -> String {
        let text = PlainText.normalised(message.text)
        let notes = smallPrint(message)
        return notes.isEmpty ? text : text + "\n\n-- \n" + notes.joined(separator: "\n")
    }

    private static func smallPrint(_ message: MailMessage) -> [String] {
        let footer = message.footer.isEmpty ? [] : [message.footer]
        return footer + (message.offeredUnsubscribeURL.map { ["Unsubscribe: \($0)"] } ?? [])
    }
}
