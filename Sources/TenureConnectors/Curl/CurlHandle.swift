import CCurl

/// One libcurl handle, made, used and freed on one thread. What its callbacks point to lives as long as it
/// does.
@safe final class CurlHandle {
    private let handle: UnsafeMutableRawPointer
    private var lists = unsafe [UnsafeMutablePointer<curl_slist>]()
    private var contexts: [AnyObject] = []
    /// The first option that libcurl did not take; nothing is sent then.
    private var refusedOption: CURLcode?

    private static let library = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Nil when libcurl cannot start.
    init?() {
        guard Self.library == CURLE_OK, let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = handle
        set(CURLOPT_NOSIGNAL, 1)
        // The connected peer must be the one that we checked: no proxy of the environment.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_FOLLOWLOCATION, 0)
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        while let list = unsafe lists.popLast() { unsafe curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ value: Int) { unsafe note(tenure_curl_set_long(handle, option, value)) }

    func set(_ option: CURLoption, _ value: String) {
        unsafe note(tenure_curl_set_string(handle, option, value))
    }

    func set(_ option: CURLoption, _ values: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values {
            guard let longer = unsafe curl_slist_append(list, value) else { return note(CURLE_OUT_OF_MEMORY) }
            unsafe list = longer
        }
        if let list = unsafe list { unsafe lists.append(list) }
        unsafe note(tenure_curl_set_list(handle, option, list))
    }

    /// A copy of `bytes` as the body of a POST.
    func setBody(_ bytes: [UInt8]) {
        set(CURLOPT_POSTFIELDSIZE, bytes.count)
        var bytes = bytes
        unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe note(tenure_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, buffer.baseAddress))
        }
    }

    /// A callback and the object that it works on.
    func set(_ option: CURLoption, _ transfer: tenure_curl_transfer, _ data: CURLoption, _ context: AnyObject)
    {
        unsafe note(tenure_curl_set_transfer(handle, option, transfer))
        unsafe note(tenure_curl_set_pointer(handle, data, keep(context)))
    }

    func set(open: tenure_curl_open, _ context: AnyObject) {
        unsafe note(tenure_curl_set_open(handle, open))
        unsafe note(tenure_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, keep(context)))
    }

    /// Blocks until the transfer ended.
    func perform() -> TransferEnd {
        TransferEnd(unsafe refusedOption ?? curl_easy_perform(handle))
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return unsafe tenure_curl_get_long(handle, info, &value) == CURLE_OK ? value : 0
    }

    func size(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return unsafe tenure_curl_get_offset(handle, info, &value) == CURLE_OK ? Int(value) : 0
    }

    private func keep(_ context: AnyObject) -> UnsafeMutableRawPointer {
        contexts.append(context)
        return unsafe Unmanaged.passUnretained(context).toOpaque()
    }

    private func note(_ code: CURLcode) {
        if code != CURLE_OK, refusedOption == nil { refusedOption = code }
    }
}
