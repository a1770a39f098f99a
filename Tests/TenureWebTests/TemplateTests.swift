import Mustache
import TenureCore
import Testing

@testable import TenureWeb

/// Mustache says nothing about a name that does not exist; this does.
struct TemplateTests {
    @Test(arguments: Templates.names)
    func `every template can be parsed`(name: String) throws {
        let text = try #require(Templates.text(name))
        _ = try MustacheTemplate(string: text)
    }

    @Test(arguments: [
        "sign_in", "problem", "account_list", "account", "day", "metric", "versions", "portfolio", "figure", "family", "kpi",
        "account_revenue", "portfolio_figures", "portfolio_figure", "appearance", "design", "overview", "today", "renewals", "warnings",
        "signals", "signal", "signal_episodes", "outbox", "message", "withheld", "sending", "unsubscribe", "data",
        "duplicates", "merge", "search", "batch", "set_up", "team", "keys", "sample_data", "imports", "import",
    ])
    func `every tag of a page is a property of its model`(name: String) throws {
        let model = try #require(Samples.models[name])
        let layout = try TagTree(#require(Templates.text("layout")))
        let page = try TagTree(#require(Templates.text(name)))
        #expect(layout.unknown(in: [model]) == [])
        #expect(page.unknown(in: [model]) == [])
    }

    @Test func `a tag that no model has is found`() throws {
        let tree = try TagTree("{{shell.title}}{{#rows}}{{name}}{{nothing}}{{/rows}}{{shell.nobody}}")
        let model = try #require(Samples.models["account_list"])
        #expect(tree.unknown(in: [model]) == ["nothing", "shell.nobody"])
    }

    @Test func `no page holds what its security policy forbids`() throws {
        for name in Templates.names {
            let text = try #require(Templates.text(name)).replacing(#"<script src="/site.js" defer></script>"#, with: "")
            for forbidden in [
                "<script", " style=", "<style", " onclick", "{{{", "{{&", "http://", "https://",
            ] {
                #expect(!text.contains(forbidden), "\(name) holds \(forbidden)")
            }
        }
    }

    @Test func `every page has one main heading and labels for its fields`() throws {
        for name in Templates.names where name != "layout" && !name.hasPrefix("chart_") && !name.hasPrefix("part_") {
            let text = try #require(Templates.text(name))
            #expect(text.ranges(of: "<h1").count == 1, "\(name)")
            for field in text.ranges(of: " id=\"").map({ text[$0.upperBound...].prefix { $0 != "\"" } }) {
                let isField = [
                    "<input id=\"\(field)\"", "<select id=\"\(field)\"", "<textarea id=\"\(field)\"",
                ].contains {
                    text.contains($0)
                }
                if isField { #expect(text.contains("for=\"\(field)\""), "\(name) \(field)") }
            }
        }
    }
}

/// A model is read once instead of once a tag, and says the same.
struct DrawnModelTests {
    private struct Model {
        let text = "a < b"
        let nothing: String? = nil
        let some: String? = "s"
        let flag = true
        let off = false
        let number = 7
        let one = Part(name: "x")
        let none: Part? = nil
        let maybe: Part? = Part(name: "y")
        let parts = [Part(name: "p"), Part(name: nil)]
        let empty: [Part] = []
        let texts = ["t", "&"]
        let name = "of the model"
    }

    private struct Part {
        let name: String?
    }

    @Test func `every kind of tag is drawn as it would be from the model itself`() throws {
        let template = try MustacheTemplate(
            string: """
                {{text}} {{nothing}} {{some}} {{number}} {{#flag}}on{{/flag}}{{^flag}}!{{/flag}} {{#off}}!{{/off}}{{^off}}off{{/off}}
                {{one.name}} {{#one}}{{name}}{{/one}} {{#none}}!{{/none}}{{^none}}none{{/none}} {{#maybe}}{{name}}{{/maybe}}
                {{#parts}}[{{name}}{{^name}}-{{/name}}]{{/parts}} {{#empty}}!{{/empty}}{{^empty}}empty{{/empty}} {{#texts}}{{.}};{{/texts}}
                {{#some}}{{.}}{{/some}}{{#missing}}!{{/missing}}
                """)
        let drawn = template.render(DrawnModel(Model()))
        #expect(drawn == template.render(Model()))
        #expect(drawn.contains("a &lt; b") && drawn.contains("[p]") && drawn.contains("x x none y") && drawn.contains("t;&amp;;"))
    }
}
