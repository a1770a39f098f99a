/// Links, pages and the API of the product.
enum TenureWeb {}
