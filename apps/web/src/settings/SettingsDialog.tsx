/** Owns the dialog of this device's settings. Each choice holds at once; there is nothing to save. */
import { usePersistence } from '@natter/react';
import { Dialog, Icon, type IconName, useUi } from '@natter/ui';
import { type ReactNode, useId } from 'react';
import { version } from '../../package.json';
import { useTexts } from '../texts/language.ts';
import './settings.css';
import { useNotificationPermission } from './notificationPermission.ts';
import { choices, type Settings, useSettings } from './settings.ts';

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { scheme, density, language, sound, change } = useSettings();
  const say = useTexts().settings;
  return (
    <Dialog title={say.title} onClose={onClose}>
      <div className="app-settings">
        <Group title={say.look}>
          <Segments
            label={say.scheme}
            name="scheme"
            options={choices.scheme}
            value={scheme}
            names={say.schemes}
            icons={schemeIcons}
            onChange={(next) => change({ scheme: next })}
          />
          <Segments
            label={say.density}
            name="density"
            options={choices.density}
            value={density}
            names={say.densities}
            onChange={(next) => change({ density: next })}
          />
          <label className="app-setting">
            <span className="app-setting-text">{say.language}</span>
            <select
              className="natter-select"
              value={language}
              onChange={(event) => {
                const next = choices.language.find((each) => each === event.target.value);
                if (next !== undefined) change({ language: next });
              }}
            >
              {choices.language.map((each) => (
                <option key={each} value={each} lang={each === 'system' ? undefined : each}>
                  {say.languages[each]}
                </option>
              ))}
            </select>
          </label>
        </Group>
        <Group title={say.attention}>
          <Notifications />
          <Switch
            label={say.sound}
            hint={say.soundHint}
            checked={sound}
            onChange={(next) => change({ sound: next })}
          />
        </Group>
        <Group title={say.device}>
          <Storage />
          <p className="app-setting-note">{say.version(version)}</p>
        </Group>
      </div>
    </Dialog>
  );
}

const schemeIcons: Record<Settings['scheme'], IconName> = {
  system: 'screen',
  light: 'sun',
  dark: 'moon',
};

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="app-settings-group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

interface SegmentsProps<Choice extends string> {
  label: string;
  name: string;
  options: readonly Choice[];
  value: Choice;
  names: Record<Choice, string>;
  icons?: Record<Choice, IconName>;
  onChange: (choice: Choice) => void;
}

function Segments<Choice extends string>(props: SegmentsProps<Choice>) {
  const { label, name, options, value, names, icons, onChange } = props;
  return (
    <fieldset className="app-setting-choice">
      <legend>{label}</legend>
      <div className="natter-segments">
        {options.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={name}
              checked={value === each}
              onChange={() => onChange(each)}
            />
            <span>
              {icons !== undefined && <Icon name={icons[each]} />}
              {names[each]}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SwitchProps {
  label: string;
  hint: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

function Switch({ label, hint, checked, disabled = false, onChange }: SwitchProps) {
  const hintId = useId();
  return (
    <label className="app-setting">
      <span className="app-setting-text">
        {label}
        <span className="app-setting-note" id={hintId}>
          {hint}
        </span>
      </span>
      <input
        type="checkbox"
        role="switch"
        className="natter-switch"
        aria-label={label}
        aria-describedby={hintId}
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}

/** On when wanted here and allowed by the browser; switching it on is what asks the browser. */
function Notifications() {
  const { notifications, change } = useSettings();
  const { state, ask } = useNotificationPermission();
  const { notifications: label, notificationStates } = useTexts().settings;
  return (
    <Switch
      label={label}
      hint={notificationStates[state]}
      checked={notifications && state === 'granted'}
      disabled={state === 'unsupported' || state === 'denied'}
      onChange={async (wanted) => {
        change({ notifications: wanted });
        if (wanted) await ask();
      }}
    />
  );
}

function Storage() {
  const { state, error } = usePersistence();
  const { storage } = useTexts().settings;
  const { notKept, full } = useUi().texts.storage;
  if (state !== 'memory') return <p className="app-setting-note">{storage.kept}</p>;
  return (
    <p className="app-setting-note" data-tone="warning">
      {error === null
        ? storage.notKept
        : notKept(error.code === 'overloaded' ? full : error.message)}
    </p>
  );
}
