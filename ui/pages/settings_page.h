// SettingsPage: how the page looks on this device, the organization's currency, fiscal year and working time, and the data itself:
// sample data, backup, persistence, erasing. Called by: the page registry ("#/settings").
#pragma once

#include <string>

#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class SettingsPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;

private:
    void draw_appearance(Context& context);
    void draw_reminders(Context& context);
    void draw_organization(Context& context);
    void draw_working_time(Context& context, RecordRef organization);
    void draw_process(Context& context);
    void draw_data(Context& context);
    void draw_storage(Context& context);
    void save_damaged(Context& context);
};

}  // namespace outpost
