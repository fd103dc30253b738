// Add products: a dialog over an opportunity that finds active products by name, code and family, takes several with
// quantity, price and discount each, tells the running total, and adds all of them as one edit.
// Invariant: prices offered are those that the core would fill in. Called by: the registry ("products:<id>").
#pragma once

#include <memory>

#include "ui/context.h"

namespace outpost {

// null when the opportunity can't take products.
std::unique_ptr<Dialog> make_add_products_dialog(Context& context, RecordRef opportunity);

}  // namespace outpost
