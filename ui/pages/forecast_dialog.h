// The small boxes of the forecast page: somebody's quota of a period, and somebody's override of a figure with a note.
// Called by: forecast page, by the addresses "quota:005..." and "override:005...:Commit".
#pragma once

#include <memory>
#include <string_view>

#include "ui/pages/forecast_view.h"

namespace outpost {

std::string quota_dialog_address(Context& context, RecordRef user);
std::string override_dialog_address(Context& context, RecordRef user, ForecastColumn column);
// Null when the address names no such box or its user is gone.
std::unique_ptr<Dialog> make_forecast_dialog(Context& context, std::string_view address);

void submit_quota(Context& context, const ForecastRequest& request, RecordRef user, std::optional<Decimal> amount, CommandDone done);

}  // namespace outpost
