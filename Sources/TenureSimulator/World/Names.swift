enum Names {
    static let first = [
        "Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Harbor", "Iris", "Juniper", "Kestrel", "Lark",
        "Meadow", "North", "Ocean", "Pine", "Quarry", "River", "Stone", "Thistle", "Umber", "Vale", "Willow", "Zephyr",
    ]
    static let second = [
        "Analytics", "Bank", "Care", "Dynamics", "Energy", "Foods", "Health", "Insurance", "Labs", "Logistics", "Media",
        "Motors", "Networks", "Outdoor", "Partners", "Retail", "Robotics", "Software", "Studios", "Systems", "Textiles",
        "Travel", "Works", "Yards",
    ]
    static let people = [
        "Ada Kern", "Ben Osei", "Carla Ruiz", "Dev Patel", "Eva Lind", "Femi Ade", "Grete Voss", "Hugo Marin", "Ines Sato",
        "Jon Berg", "Kai Wolff", "Lena Novak", "Mia Torres", "Noor Haddad", "Ola Nyman", "Pia Rossi",
    ]
    static let zones = ["America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/London", "Europe/Berlin", "Asia/Tokyo"]
}
