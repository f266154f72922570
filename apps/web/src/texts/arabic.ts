/** Owns the words of the app around the components, in Arabic. */
import { numberIn } from '@natter/ui';
import { arabic as language } from '@natter/ui/texts/arabic';
import type { AppLanguage, AppTexts } from './english.ts';

const number = numberIn('ar');

const texts: AppTexts = {
  name: 'Natter',
  tagline: 'دردشة فورية ملكك أنت.',
  signIn: {
    about: 'رسائل لا تضيع أبدًا، على خادم تملكه، بوجود الشبكة أو من دونها.',
    title: 'من تريد أن تكون؟',
    hint: 'على هذا الخادم أشخاص للتجربة. يمكنك فتح علامة تبويب ثانية والدخول بشخصية أخرى لتحادث نفسك.',
    people: 'أشخاص التجربة',
    as: (name) => `تسجيل الدخول باسم ${name}`,
    loading: 'جارٍ التحميل…',
    failed: 'تعذّر الوصول إلى الخادم.',
    failedHint: 'هل أنت متصل بالإنترنت؟ إن كنت كذلك فربما ما زال الخادم يبدأ.',
    empty: 'لا يوجد أشخاص للتجربة على هذا الخادم.',
    retry: 'إعادة المحاولة',
    tokenTitle: 'تسجيل الدخول برمز',
    tokenOnly: 'لا يوجد أشخاص للتجربة على هذا الخادم.',
    tokenHint: 'اطلب رمزًا من التطبيق الذي يشغّل هذه الدردشة وألصقه هنا.',
    tokenKept: 'يبقى الرمز في هذا المتصفح حتى تسجيل الخروج.',
    token: 'الرمز',
    paste: 'لصق',
    show: 'إظهار',
    hide: 'إخفاء',
    tokenSubmit: 'تسجيل الدخول',
    entering: 'جارٍ تسجيل الدخول…',
    cancel: 'إلغاء',
    unreachable: 'لا يمكن الوصول إلى الخادم بعد. يتم تسجيل دخولك حالما يمكن ذلك.',
    refusals: {
      expired: {
        title: 'انتهت صلاحية هذا الرمز',
        hint: 'الرموز صالحة لمدة محدودة. احصل على رمز جديد من حيث جاء هذا.',
      },
      malformed: {
        title: 'هذا الرمز غير كامل',
        hint: 'الرمز سطر طويل واحد من ثلاثة أجزاء تفصل بينها نقاط. يُرجى نسخه كله.',
      },
      notAccepted: {
        title: 'هذا الخادم لا يقبل الرمز',
        hint: 'ربما كان لخادم آخر، أو تغيّر المفتاح. احصل على رمز جديد من حيث جاء هذا.',
      },
      other: {
        title: 'تعذّر استخدام الرمز',
        hint: 'أعد المحاولة، أو احصل على رمز جديد من حيث جاء هذا.',
      },
    },
    offerTitle: (name) => `تسجيل الدخول باسم ${name}؟`,
    offerBody:
      'فتحتَ رابطًا يسجّل دخولك بشخصية أخرى. لا تتابع إلا إذا كنت تتوقع ذلك. ما لديك هنا يبقى على هذا الجهاز.',
    offerStay: 'البقاء كما أنا',
    offerTake: 'تسجيل الدخول',
  },
  settings: {
    title: 'الإعدادات',
    look: 'المظهر',
    scheme: 'الألوان',
    schemes: { system: 'حسب النظام', light: 'فاتح', dark: 'داكن' },
    density: 'الكثافة',
    densities: { comfortable: 'مريحة', compact: 'مكثّفة' },
    language: 'اللغة',
    languages: { system: 'لغة المتصفح', en: 'English', de: 'Deutsch', ar: 'العربية' },
    attention: 'الإشعارات',
    notifications: 'الإشعارات',
    notificationStates: {
      granted: 'تظهر حين تكون هذه الصفحة في الخلفية.',
      default: 'عند تفعيلها يسأل المتصفح هل يُسمح له بعرضها.',
      denied: 'المتصفح يحظرها. يمكن السماح بها لهذا الموقع في إعداداته.',
      unsupported: 'لا يستطيع هذا المتصفح عرضها على هذا العنوان.',
    },
    sound: 'الصوت',
    soundHint: 'يُسمع عند وصول رسالة وأنت منشغل عن هذه الصفحة.',
    device: 'هذا الجهاز',
    storage: {
      kept: 'يبقى السجل والرسائل غير المرسلة على هذا الجهاز حتى تسجيل الخروج، وتبقى هذه الإعدادات بعده.',
      notKept: 'يبقى السجل والرسائل غير المرسلة إلى حين إغلاق هذه الصفحة فقط.',
    },
    version: (version) => `Natter ${version}`,
  },
  attention: {
    label: 'الإشعارات',
    offer: 'هل تريد إشعارًا عند وصول رسالة وNatter في الخلفية؟',
    turnOn: 'تشغيل',
    notNow: 'ليس الآن',
  },
  layout: {
    settings: 'الإعدادات',
    profile: (name) => `ملفك الشخصي، ${name}`,
    sidebar: 'الشريط الجانبي',
    newConversation: 'محادثة جديدة',
    switch: 'الانتقال إلى…',
    signOut: 'تسجيل الخروج',
    signOutBody: 'تُحذف الرسائل غير المرسلة من هذا الجهاز.',
    signedInAs: (name) => `مسجّل الدخول باسم ${name}`,
    choose: 'اختيار محادثة',
    chooseHint: 'يمكنك اختيار محادثة من القائمة أو بدء محادثة جديدة.',
  },
  title: (unread) =>
    unread > 0 ? `(${unread >= 1_000 ? `${number(999)}+` : number(unread)}) Natter` : 'Natter',
  crash: {
    title: 'حدث خطأ ما',
    hint: 'لم يضِع شيء مما أرسلته. غالبًا ما تفيد إعادة تحميل الصفحة.',
    reload: 'إعادة التحميل',
  },
};

export const arabic: AppLanguage = { language, texts };
